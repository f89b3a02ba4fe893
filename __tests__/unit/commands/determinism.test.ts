import { join } from "node:path";
import { environments } from "../../../config/environments/index";
import { contentsOf, run, temporaryFolder } from "../../support/commands";

jest.setTimeout(60_000);
const folder = temporaryFolder();
afterAll(folder.remove);

/** The files of an environment that were synthesized by a process of its own, in some working folder. */
function synthesized(name: string, place: string, cwd?: string): Readonly<Record<string, string>> {
  const outdir = join(folder.path, `${name}-${place}`);
  const outcome = run({ entry: "main.ts", cwd, env: { CDKTF_OUTDIR: outdir, PGPOOL_ENVIRONMENT: name } });
  expect(outcome).toMatchObject({ status: 0, stderr: "" });
  return contentsOf(outdir);
}

test.each(Object.keys(environments))("%s is the same to the byte from another folder and another process", (name) => {
  const here = synthesized(name, "here");
  expect(Object.keys(here).length).toBeGreaterThan(2);
  expect(synthesized(name, "there", folder.path)).toEqual(here);
});

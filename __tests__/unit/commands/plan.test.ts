import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, temporaryFolder } from "../../support/commands";

jest.setTimeout(60_000);
const folder = temporaryFolder();
afterAll(folder.remove);

/** The command in an empty folder, on a machine without Terraform. */
const plan = (options: readonly string[], cwd = folder.path) =>
  run({ entry: "commands/plan.ts", options, cwd, env: { CDKTF_OUTDIR: join(folder.path, "out"), PATH: folder.path } });

const failures: readonly (readonly [string, readonly string[], string])[] = [
  ["an unknown environment", ["--environment", "prod"], "did you mean production?"],
  ["an unknown stack", ["databse"], "did you mean database?"],
  ["a stack that the environment lacks", ["--environment", "existing-vpc", "network"], "allowed  database, pgpool"],
  ["an unknown option", ["--env", "example"], "Unknown option '--env'"],
  ["Terraform that is not there", [], "terraform is not on the PATH: install Terraform 1.11 or newer"],
];

test.each(failures)("%s ends with 1, a message and no trace, and leaves nothing", (_, options, message) => {
  const { status, stdout, stderr } = plan(options);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^ +at |node:internal/m);
  expect(readdirSync(folder.path).filter((name) => name.startsWith("plan"))).toEqual([]);
});

test("all that is wrong in acknowledgements.json is told before anything is planned", () => {
  const cwd = join(folder.path, "answers");
  mkdirSync(cwd);
  writeFileSync(join(cwd, "acknowledgements.json"), JSON.stringify([{ environment: "production", danger: "losst" }]));
  const { status, stderr } = plan([], cwd);
  expect(status).toBe(1);
  expect(stderr).toContain("acknowledgements.json has 4 faults; nothing was written.");
  expect(stderr).toContain('entry 1, danger\n  got      "losst"\n');
  expect(stderr).toContain('did you mean "lost"?');
});

test.each([["."], [".."], ["precious"]])("does not replace %s, which is no result of its own", (out) => {
  const cwd = join(folder.path, "work");
  mkdirSync(join(cwd, "precious"), { recursive: true });
  writeFileSync(join(cwd, "precious", "file"), "x");
  const { status, stderr } = plan(["--out", out], cwd);
  expect(status).toBe(1);
  expect(stderr).toContain(`${out} is there and is no earlier result of this command`);
  expect(readdirSync(join(cwd, "precious"))).toEqual(["file"]);
});

test("--help says what it writes and how it ends", () => {
  const { status, stdout, stderr } = plan(["--help"]);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("npm run plan -- [--environment NAME] [--out DIR] [stack …]");
  expect(stdout).toContain("DIR/private/");
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readmes } from "../../../config/readmes";
import { run, temporaryFolder, type Outcome } from "../../support/commands";

jest.setTimeout(60_000);
const folder = temporaryFolder();
const files = Object.keys(readmes).map((name) => join(folder.path, name));
const settings = (...options: readonly string[]): Outcome =>
  run({ entry: "commands/settings.ts", options, cwd: folder.path });

beforeAll(() => {
  for (const file of files)
    writeFileSync(
      file,
      "# Title\n\n<!-- settings -->\n<!-- /settings -->\n<!-- sizes -->\n<!-- /sizes -->\n\nThe end.\n",
    );
});
afterAll(folder.remove);

test("--check names stale files, ends with 1 and writes nothing; without it they are written", () => {
  expect(settings("--check")).toEqual({
    status: 1,
    stdout: "",
    stderr: "A table is stale in README.md, README.zh-CN.md: run npm run settings\n",
  });
  expect(files.map((file) => readFileSync(file, "utf8").includes("| --- |"))).toEqual([false, false]);

  expect(settings().status).toBe(0);
  for (const file of files) {
    expect(readFileSync(file, "utf8")).toMatch(
      /^# Title\n\n<!-- settings -->[^]+`pgpool\.minCapacity`[^]+`db\.r7g\.large`[^]+\n\nThe end\.\n$/,
    );
  }
  expect(settings("--check")).toMatchObject({ status: 0, stderr: "" });
});

test("an unknown option is refused", () => {
  expect(settings("--dry-run")).toMatchObject({ status: 2, stdout: "" });
});

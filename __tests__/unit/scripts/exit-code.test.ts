import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "../../support/commands";

const script = resolve(__dirname, "../../../.ci/exit-code");
const folder = temporaryFolder();
const output = join(folder.path, "output");

beforeEach(() => {
  writeFileSync(output, "");
});
afterAll(folder.remove);

const run = (...args: readonly string[]) =>
  spawnSync(script, args, { encoding: "utf8", env: { ...process.env, GITHUB_OUTPUT: output } });

test.each([0, 2, 3])("%d is an answer: the step goes on, and later ones know", (code) => {
  expect(run("sh", "-c", `exit ${code}`).status).toBe(0);
  expect(readFileSync(output, "utf8")).toBe(`code=${code}\n`);
});

test.each([1, 127])("%d is an error, which ends the step and is no answer", (code) => {
  expect(run("sh", "-c", `exit ${code}`).status).toBe(code);
  expect(readFileSync(output, "utf8")).toBe("");
});

test("arguments reach the command as they are", () => {
  expect(run("printf", "[%s]", "a b", "$HOME").stdout).toBe("[a b][$HOME]");
});

test("without a command it says how it is called", () => {
  expect(run()).toMatchObject({ status: 64, stderr: expect.stringContaining("usage: .ci/exit-code") as string });
});

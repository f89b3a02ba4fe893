import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuseUnanswered } from "../../../commands/reviewed/unanswered";
import { run, temporaryFolder } from "../../support/commands";

const folder = temporaryFolder();
afterAll(folder.remove);

function result(exitCode: number): string {
  const path = join(folder.path, String(exitCode));
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "plan.json"), JSON.stringify({ exitCode }));
  return path;
}

test.each([0, 2])("a plan that ended with %d may go further", (exitCode) => {
  expect(() => {
    refuseUnanswered(result(exitCode));
  }).not.toThrow();
});

test("a plan with dangers that nobody has answered for may not, and neither may none", () => {
  expect(() => {
    refuseUnanswered(result(3));
  }).toThrow(/dangers that nobody has answered for: .*plan\.md says which/);
  expect(() => {
    refuseUnanswered(folder.path);
  }).toThrow(/there is no .*plan\.json: run npm run plan first/);
});

// 2 would say that stacks remain, and a workflow would go on.
test.each<[string, readonly string[], string]>([
  ["plan-apply", [], "--environment is needed"],
  ["plan-apply", ["--environment", "production", "--run", "1"], "--run and --digest go together"],
  ["plan-apply", ["--environment", "production", "--force"], "Unknown option '--force'"],
  ["plan-apply", ["--environment", "production", "--dir", "/nowhere"], "there is no /nowhere/plan.json"],
  ["plan-keep", ["--environment", "production"], "--environment and --run are needed"],
  ["plan-keep", ["--environment", "production", "--run", "1", "--dir", "/nowhere"], "there is no /nowhere/plan.json"],
])("%s %j ends with 1 and says why", (command, options, words) => {
  expect(run({ entry: `commands/${command}.ts`, options })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(words) as string,
  });
});

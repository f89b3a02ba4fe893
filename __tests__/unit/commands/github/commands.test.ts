import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { githubFrom } from "../../../../commands/github/context";
import { FakeGitHub } from "../../../support/fake-github";
import { temporaryFolder } from "../../../support/commands";

const root = resolve(__dirname, "../../../..");
const folder = temporaryFolder();
const commit = "a".repeat(40);
const event = join(folder.path, "event.json");
const dir = join(folder.path, "plan");

let fake: FakeGitHub;
let url: string;

beforeAll(() => {
  mkdirSync(dir);
  writeFileSync(join(dir, "plan.md"), "<!-- pgpool-aurora plan: production -->\nnone\n");
  writeFileSync(event, JSON.stringify({ pull_request: { number: 7, head: { sha: commit } } }));
});
beforeEach(async () => {
  fake = new FakeGitHub();
  url = await fake.start();
});
afterEach(() => fake.stop());
afterAll(folder.remove);

/** Not `run()`: the fake answers from this process, which must not wait. */
function command(entry: string, options: readonly string[], change: Readonly<Record<string, string | undefined>> = {}) {
  const variables = { GITHUB_API_URL: url, GITHUB_REPOSITORY: "owner/name", GITHUB_TOKEN: "s3cret" };
  const unset = { GITHUB_GRAPHQL_URL: undefined, GITHUB_EVENT_PATH: event };
  const env = { ...process.env, ...unset, ...variables, ...change };
  return new Promise<{ readonly code: number; readonly text: string }>((done) => {
    execFile(
      process.execPath,
      [join(root, "scripts/run.mjs"), entry, ...options],
      { cwd: root, env },
      (error, out, err) => {
        done({ code: Number(error?.code ?? 0), text: `${out}${err}`.trim() });
      },
    );
  });
}

const post = (options: readonly string[], change = {}) => command("commands/plan-post.ts", options, change);
const plan = ["--environment", "production", "--dir", dir];

test("plan:post takes pull request and commit from the workflow's event", async () => {
  expect(await post(plan)).toEqual({ code: 0, text: "Posted the plan of production in pull request 7." });
  expect(fake.comments[0]?.body).toContain(commit);
  expect(await post([...plan, "--stale", "--pull-request", "7", "--commit", "b".repeat(40)])).toMatchObject({
    code: 0,
  });
  expect(fake.comments[0]?.body).toContain("**Stale**");
}, 30_000);

test.each<[string, readonly string[], Readonly<Record<string, string | undefined>>, RegExp]>([
  ["an environment", ["--dir", dir], {}, /^--environment is needed/],
  ["a token", plan, { GITHUB_TOKEN: undefined }, /^set GITHUB_TOKEN to a token/],
  ["a repository", plan, { GITHUB_REPOSITORY: "name" }, /^set GITHUB_REPOSITORY to owner\/name/],
  ["a pull request", plan, { GITHUB_EVENT_PATH: undefined }, /^no GITHUB_EVENT_PATH: give --pull-request/],
  [
    "the pull request's number",
    [...plan, "--pull-request", "x", "--commit", commit],
    {},
    /^--pull-request x: a number/,
  ],
  ["the whole commit", [...plan, "--pull-request", "7", "--commit", "abc"], {}, /^--commit abc: 40 hexadecimal digits/],
])("plan:post needs %s", async (_, options, change, words) => {
  const { code, text } = await post(options, change);
  expect(text).toMatch(words);
  expect(code).toBe(2);
  expect(fake.requests).toEqual([]);
});

test.each([
  [{}, "https://api.github.com", "https://api.github.com/graphql"],
  [
    { GITHUB_API_URL: "https://git.example.com/api/v3" },
    "https://git.example.com/api/v3",
    "https://git.example.com/api/graphql",
  ],
])("GitHub is where the variables %j say", (where, apiUrl, graphqlUrl) => {
  const { access } = githubFrom({ GITHUB_REPOSITORY: "owner/name", GITHUB_TOKEN: "s3cret", ...where });
  expect(access).toMatchObject({ apiUrl, graphqlUrl });
});

test("plan:post says that there is no plan", async () => {
  const { code, text } = await post(["--environment", "production", "--dir", "/nowhere"]);
  expect({ code, text }).toEqual({ code: 1, text: "there is no /nowhere/plan.md: run npm run plan first" });
});

test("drift:issue does what the plan's exit code says", async () => {
  const issue = (code: string) =>
    command("commands/drift-issue.ts", ["--environment", "production", "--dir", dir, "--code", code]);
  expect((await issue("2")).text).toMatch(/opened issue/);
  expect((await issue("3")).text).toMatch(/updated issue/);
  expect((await issue("0")).text).toMatch(/closed issue/);
  expect(await issue("1")).toMatchObject({ code: 2, text: expect.stringMatching(/^--code 1: 0, 2 or 3/) as string });
}, 30_000);

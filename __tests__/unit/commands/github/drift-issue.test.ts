import { GitHub } from "../../../../commands/github/client";
import { reportDrift } from "../../../../commands/github/drift-issue";
import { FakeGitHub } from "../../../support/fake-github";

const plan = "<!-- pgpool-aurora plan: production -->\n1 to change\n";

let fake: FakeGitHub;
let github: GitHub;

beforeEach(async () => {
  fake = new FakeGitHub();
  const url = await fake.start();
  github = new GitHub({ apiUrl: url, graphqlUrl: `${url}/graphql`, repository: "owner/name", token: "s3cret" });
});

afterEach(() => fake.stop());

test("drift opens one issue, which later drift updates", async () => {
  expect(await reportDrift(github, "production", plan)).toMatch(/opened issue \d+/);
  expect(await reportDrift(github, "production", plan.replace("1", "2"))).toMatch(/updated issue \d+/);
  expect(fake.issues).toMatchObject([{ body: plan.replace("1", "2"), state: "open" }]);
});

test("when it is gone the issue is closed, and the next drift opens another one", async () => {
  await reportDrift(github, "production", plan);
  expect(await reportDrift(github, "production", undefined)).toMatch(/closed issue \d+/);
  expect(await reportDrift(github, "production", undefined)).toBe("No drift in production, and no issue.");
  await reportDrift(github, "production", plan);
  expect(fake.issues.map(({ state }) => state)).toEqual(["closed", "open"]);
});

test("issues of other people, other environments and pull requests are left alone", async () => {
  fake.add(fake.issues, plan, "somebody");
  fake.add(fake.issues, plan.replace("production", "development"));
  fake.add(fake.issues, plan, fake.login, { pull_request: {} });
  await reportDrift(github, "production", undefined);
  expect(fake.issues.map(({ state }) => state)).toEqual(["open", "open", "open"]);
});

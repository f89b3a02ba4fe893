import { GitHub } from "../../../../commands/github/client";
import { markStale, postPlan } from "../../../../commands/github/plan-comment";
import { FakeGitHub } from "../../../support/fake-github";

const marker = "<!-- pgpool-aurora plan: production -->";
const plan = `${marker}\n## production\n\n2 to change\n`;
const older = { number: 7, commit: "a".repeat(40) };
const newer = { number: 7, commit: "b".repeat(40) };

let fake: FakeGitHub;
let url: string;
let pauses: number[];

beforeEach(async () => {
  jest.spyOn(console, "error").mockImplementation(() => undefined);
  fake = new FakeGitHub();
  url = await fake.start();
  pauses = [];
});

afterEach(async () => {
  jest.restoreAllMocks();
  await fake.stop();
});

const github = (token = "s3cret"): GitHub =>
  new GitHub({ apiUrl: url, graphqlUrl: `${url}/graphql`, repository: "owner/name", token }, (seconds) => {
    pauses.push(seconds);
    return Promise.resolve();
  });
const bodies = (): readonly string[] => fake.comments.map(({ body }) => body);

test("the first plan is a new comment, which says what it was made for", async () => {
  expect(await postPlan(github(), older, "production", plan)).toBe("Posted the plan of production in pull request 7.");
  expect(bodies()).toEqual([`${marker}\n<!-- commit ${older.commit} -->\n## production\n\n2 to change\n`]);
});

test("the next plan takes its place", async () => {
  await postPlan(github(), older, "production", plan);
  await postPlan(github(), newer, "production", `${marker}\nnone\n`);
  expect(bodies()).toEqual([`${marker}\n<!-- commit ${newer.commit} -->\nnone\n`]);
});

test("each environment has its own comment", async () => {
  await postPlan(github(), older, "production", plan);
  await postPlan(github(), older, "development", plan.replaceAll("production", "development"));
  expect(fake.comments).toHaveLength(2);
});

test("the comment is found on the third page", async () => {
  for (let count = 0; count < 250; count += 1) fake.add(fake.comments, `talk ${count}`, "somebody");
  const ours = fake.add(fake.comments, plan);
  await postPlan(github(), newer, "production", `${marker}\nnone\n`);
  expect(fake.comments).toHaveLength(251);
  expect(ours.body).toContain("none");
});

test("somebody else's comment with the same marker is not touched", async () => {
  const quoted = fake.add(fake.comments, plan, "somebody");
  await postPlan(github(), older, "production", plan);
  await markStale(github(), newer, "production");
  expect(quoted.body).toBe(plan);
  expect(fake.comments).toHaveLength(2);
});

describe("a plan of an older commit", () => {
  test("is marked as stale, and stays to be read", async () => {
    await postPlan(github(), older, "production", plan);
    await markStale(github(), newer, "production");
    const [body = ""] = bodies();
    const lines = body.split("\n");
    expect(lines.slice(0, 2)).toEqual([marker, `<!-- commit ${older.commit} -->`]);
    expect(lines[2]).toContain(`made for commit ${older.commit}, being replaced`);
    expect(lines[2]).toContain(newer.commit);
    expect(lines.slice(3)).toEqual(["", "## production", "", "2 to change", ""]);
  });

  test("is marked once, for the newest commit", async () => {
    await postPlan(github(), older, "production", plan);
    await markStale(github(), newer, "production");
    await markStale(github(), { number: 7, commit: "c".repeat(40) }, "production");
    const [body = ""] = bodies();
    expect(body.match(/\*\*Stale\*\*/g)).toHaveLength(1);
    expect(body).toContain("c".repeat(40));
    expect(body).toMatch(/\n\n## production\n\n2 to change\n$/);
  });

  test("gives way to the mark when it fills the comment", async () => {
    const room = 65_536 - marker.length - `\n<!-- commit ${older.commit} -->\n`.length;
    await postPlan(github(), older, "production", `${marker}\n${"x".repeat(room)}`);
    await markStale(github(), newer, "production");
    expect(bodies()[0]).toMatch(/^<!-- .* -->\n<!-- commit a+ -->\n\*\*Stale\*\*: .*$/);
  });
});

test("a plan of this commit is not stale, and none is no fault", async () => {
  expect(await markStale(github(), older, "production")).toContain("no plan of production");
  await postPlan(github(), older, "production", plan);
  expect(await markStale(github(), older, "production")).toContain("is of this commit");
  expect(bodies()[0]).not.toContain("Stale");
});

describe("GitHub in trouble", () => {
  test.each([500, 502, 429])("%d is tried again", async (status) => {
    fake.faults.push([/^GET/, { status }]);
    await postPlan(github(), older, "production", plan);
    expect(fake.comments).toHaveLength(1);
    expect(pauses).toEqual([1]);
  });

  test("an answer that is lost leaves one comment, not two", async () => {
    fake.faults.push([/^POST .*comments/, { status: 502, done: true }]);
    await postPlan(github(), older, "production", plan);
    expect(fake.comments).toHaveLength(1);
  });

  test("it is waited as long as GitHub asks, up to a minute", async () => {
    fake.faults.push([/^GET/, { status: 403, headers: { "retry-after": "20" } }]);
    await postPlan(github(), older, "production", plan);
    expect(pauses).toEqual([20]);
    fake.faults.push([/^GET/, { status: 429, headers: { "retry-after": "3600" } }]);
    await expect(postPlan(github(), older, "production", plan)).rejects.toThrow("gave up after 1 of 5 attempts");
  });

  test("after five attempts it is given up", async () => {
    for (let count = 0; count < 5; count += 1) fake.faults.push([/^GET/, { status: 503 }]);
    await expect(postPlan(github(), older, "production", plan)).rejects.toThrow("503: refused by the test; gave up");
    expect(pauses).toEqual([1, 2, 4, 8]);
  });

  test("nobody there", async () => {
    await fake.stop();
    await expect(postPlan(github(), older, "production", plan)).rejects.toThrow(
      /GitHub cannot be reached.*ECONNREFUSED/,
    );
    expect(pauses).toHaveLength(4);
    url = await (fake = new FakeGitHub()).start();
  });
});

describe("a refusal", () => {
  test.each([
    [403, /the token may not do this: .*pull-requests: write/],
    [404, /no such repository, pull request or issue/],
    [422, /nothing was changed/],
  ])("of %d is told once, with what to do", async (status, words) => {
    fake.faults.push([/^POST .*comments/, { status }]);
    await expect(postPlan(github(), older, "production", plan)).rejects.toThrow(words);
    expect(pauses).toEqual([]);
  });

  test("never repeats the token", async () => {
    fake.faults.push([/^GET/, { status: 404, message: "no s3cret here" }]);
    await expect(postPlan(github(), older, "production", plan)).rejects.toThrow("no *** here");
    await expect(postPlan(github("wr0ng"), older, "production", plan)).rejects.toThrow(
      /^(?!.*wr0ng).*wrong or has expired/,
    );
  });
});

test("a body above the limit is refused before anybody is asked", () => {
  expect(() => postPlan(github(), older, "production", `${marker}\n${"x".repeat(65_536)}`)).toThrow(
    /GitHub takes 65536/,
  );
  expect(fake.requests).toEqual([]);
});

test("the plan of another environment is refused", () => {
  expect(() => postPlan(github(), older, "development", plan)).toThrow(/not the plan of development/);
});

import { ConfigurationError, type Fault } from "../../../config/fault";
import { type Acknowledgement, parseAcknowledgements } from "../../../review/acknowledgements/acknowledgement";
import { reviewStack } from "../../../review/review-stack";
import { type Entry, planOf, replaced, updated } from "./support/plans";
import { reportOn } from "./support/reports";

const environments = ["example", "production"];
const valid = {
  environment: "production",
  stack: "database",
  address: "aws_rds_cluster.example",
  danger: "lost",
  reason: "Moved to another cluster by hand.",
  expires: "2026-06-30",
} as const satisfies Acknowledgement;

function faultsOf(text: string): readonly Fault[] {
  try {
    parseAcknowledgements(text, environments);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}
const faultsIn = (...entries: readonly unknown[]) => faultsOf(JSON.stringify(entries));

describe("acknowledgements.json", () => {
  test("may be empty, and may leave the stack out", () => {
    const without = { ...valid, stack: undefined };
    expect(parseAcknowledgements("[]", environments)).toEqual([]);
    expect(parseAcknowledgements(JSON.stringify([valid, without]), environments)).toEqual([valid, without]);
  });

  test.each([
    [
      "an unknown environment",
      { environment: "prodution" },
      "environment",
      "prodution",
      '"example", "production"',
      'did you mean "production"?',
    ],
    ["an unknown stack", { stack: "databse" }, "stack", "databse", '"database"', 'did you mean "database"?'],
    ["an unknown danger", { danger: "openned" }, "danger", "openned", '"protection-off"', 'did you mean "opened"?'],
    ["a reason that says nothing", { reason: "ok" }, "reason", "ok", "one line of at least ten letters", "change it"],
    ["a day that there is not", { expires: "2026-02-30" }, "expires", "2026-02-30", "a day as YYYY-MM-DD", "change it"],
    ["another form of a day", { expires: "30.06.2026" }, "expires", "30.06.2026", "a day as YYYY-MM-DD", "change it"],
    ["a missing address", { address: undefined }, "address", undefined, "an address as the plan prints it", "add it"],
    [
      "an unknown field",
      { until: "2026-01-01" },
      "until",
      "2026-01-01",
      "environment, stack, address, danger, reason, expires",
      "remove it",
    ],
  ])("refuses %s, in four lines", (_, change, field, got, allowed, remedy) => {
    expect(faultsIn(valid, { ...valid, ...change })).toEqual([
      {
        path: `entry 2, ${field}`,
        got,
        allowed: expect.stringContaining(allowed) as string,
        remedy: expect.stringContaining(remedy) as string,
      },
    ]);
  });

  test("all faults are told at once", () => {
    expect(faultsIn({ ...valid, stack: "x", danger: "y" }, { ...valid, expires: 7 }).map(({ path }) => path)).toEqual([
      "entry 1, stack",
      "entry 1, danger",
      "entry 2, expires",
    ]);
  });

  test.each([
    ["no JSON", "[", "write JSON; [] if there are none"],
    ["no list", "{}", "put the entries into [ … ]"],
  ])("refuses %s", (_, text, remedy) => {
    expect(faultsOf(text)).toMatchObject([{ path: "the whole file", remedy }]);
  });

  test("an entry that is no object is a fault of the entry", () => {
    expect(faultsIn("lost")).toMatchObject([{ path: "entry 1", got: "lost" }]);
  });
});

describe("a plan with a danger", () => {
  const end = replaced("aws_rds_cluster");
  const on = (entries: readonly Entry[], ...acknowledgements: readonly Acknowledgement[]) =>
    reportOn(entries, { acknowledgements });

  test("stops when nobody answers for it, and may not be applied", () => {
    expect(on([end])).toMatchObject({
      exitCode: 3,
      dangers: [{ stack: "database", danger: "lost", acknowledgement: null }],
      stacks: [{ applicable: false, reservations: ["it has a dangerous change that nobody has answered for"] }],
    });
  });

  test("goes on with the reason when somebody does", () => {
    expect(on([end], valid)).toMatchObject({
      exitCode: 2,
      dangers: [{ acknowledgement: { reason: valid.reason, expires: valid.expires } }],
      acknowledgementProblems: [],
      stacks: [{ applicable: true }],
    });
  });

  test.each([
    ["another address", { address: "aws_rds_cluster.other" }],
    ["another danger", { danger: "protection-off" }],
  ] as const)("stops for an answer about %s, which is told", (_, change) => {
    const { exitCode, acknowledgementProblems } = on([end], { ...valid, ...change });
    expect(exitCode).toBe(3);
    expect(acknowledgementProblems).toEqual([expect.stringContaining("is for nothing in this plan: remove it.")]);
  });

  test("stops for an answer about the same address in another stack", () => {
    expect(on([end], { ...valid, stack: "network" })).toMatchObject({ exitCode: 3, acknowledgementProblems: [] });
  });

  test.each([
    ["2026-05-04", 2],
    ["2026-05-03", 3],
  ])("an answer until %s ends with %i on 2026-05-04", (expires, exitCode) => {
    expect(on([end], { ...valid, expires }).exitCode).toBe(exitCode);
  });

  test("says since when an answer has expired", () => {
    expect(on([end], { ...valid, expires: "2026-05-03" }).acknowledgementProblems).toEqual([
      'acknowledgements.json: "lost" of aws_rds_cluster.example has expired on 2026-05-03: remove it, or renew it with a new reason.',
    ]);
  });
});

describe("an answer for nothing", () => {
  const harmless = updated("aws_rds_cluster", { a: 1 }, { a: 2 });
  const anywhere = { ...valid, stack: undefined };

  test("stops a plan without a danger, also one that changes nothing", () => {
    expect(reportOn([harmless], { acknowledgements: [valid] }).exitCode).toBe(3);
    expect(reportOn([], { acknowledgements: [valid] }).exitCode).toBe(3);
  });

  test("is not judged while its stack, or another environment, is planned elsewhere", () => {
    const acknowledgements = [
      { ...valid, stack: "pgpool" },
      { ...valid, environment: "example" },
    ] as const;
    expect(reportOn([harmless], { acknowledgements }).exitCode).toBe(2);
  });

  test("without a stack is judged when all stacks were planned", () => {
    expect(reportOn([harmless], { acknowledgements: [anywhere] }).exitCode).toBe(2);
    expect(reportOn([harmless], { acknowledgements: [anywhere], stacks: ["database"] }).exitCode).toBe(3);
  });
});

test("nothing changes: 0; an output that changes: 2", () => {
  expect(reportOn([]).exitCode).toBe(0);
  const plan = { ...planOf(), output_changes: { endpoint: { actions: ["create" as const], replace_paths: [] } } };
  expect(reportOn([], { reviews: [reviewStack("pgpool", plan, [])] }).exitCode).toBe(2);
});

import { join } from "node:path";
import { contentsOf, run, temporaryFolder, type Outcome } from "../../support/commands";

jest.setTimeout(60_000);
const folder = temporaryFolder();
const outdir = join(folder.path, "out");
const env = { CDKTF_OUTDIR: outdir };
let first: Outcome;

beforeAll(() => {
  first = run({ entry: "commands/start.ts", env });
});
afterAll(folder.remove);

test("synthesizes the example without options, saying what it made and what to do next", () => {
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(Object.keys(contentsOf(outdir))).toEqual(
    expect.arrayContaining(["network", "database", "pgpool"].map((stack) => `stacks/${stack}/cdk.tf.json`)),
  );
  expect(first.stdout).toContain("Environment example in us-east-1; state on this machine, under state/.\n");
  expect(first.stdout).toMatch(
    /\n {2}stack +resources +data +outputs +file\n {2}network( +\d+){3} .*\n {2}database( +\d+){3} .*\n {2}pgpool( +\d+){3} /,
  );
  expect(first.stdout).toContain("\nUp to 4 nodes serve 64 clients each.\n");
  expect(first.stdout).toContain("  edit      config/environments/example.ts\n");
  expect(first.stdout).toContain("  deploy    npx cdktf deploy network database pgpool\n");
});

test("counts what the stack's file holds", () => {
  const [, resources, data, outputs] = /network +(\d+) +(\d+) +(\d+)/.exec(first.stdout) ?? [];
  const text = Buffer.from(contentsOf(outdir)["stacks/network/cdk.tf.json"] ?? "", "base64").toString();
  const json = JSON.parse(text) as Record<"resource" | "output", Record<string, object>> & {
    readonly data?: Record<string, object>;
  };
  const count = (types: Record<string, object>) => Object.values(types).flatMap((type) => Object.keys(type)).length;
  expect([resources, data, outputs].map(Number)).toEqual([
    count(json.resource),
    count(json.data ?? {}),
    Object.keys(json.output).length,
  ]);
});

const failures: readonly (readonly [string, Parameters<typeof run>[0], number, string])[] = [
  [
    "an unknown environment by PGPOOL_ENVIRONMENT",
    { entry: "commands/start.ts", env: { ...env, PGPOOL_ENVIRONMENT: "prod" } },
    1,
    "did you mean production?",
  ],
  [
    "an unknown environment by option",
    { entry: "commands/start.ts", options: ["--environment", "staging"], env },
    1,
    "example, development, production, existing-vpc",
  ],
  [
    "an unknown environment, run by cdktf",
    { entry: "main.ts", env: { ...env, PGPOOL_ENVIRONMENT: "" } },
    1,
    'got      ""',
  ],
  [
    "an environment with faults",
    { entry: "__tests__/support/faulty-environment.ts", env },
    1,
    "config/environments/faulty.ts has 2 faults; nothing was written.",
  ],
  [
    "an unknown option",
    { entry: "commands/start.ts", options: ["--env", "example"], env },
    2,
    "Unknown option '--env'",
  ],
  ["a stray word", { entry: "commands/start.ts", options: ["example"], env }, 2, "--environment NAME"],
  ["an option without its value", { entry: "commands/start.ts", options: ["--environment"], env }, 2, "--environment"],
];

test.each(failures)(
  "%s ends with a message, no trace, and leaves the output as it was",
  (_, command, status, message) => {
    const before = contentsOf(outdir);
    const outcome = run(command);
    expect(outcome).toMatchObject({ status, stdout: "" });
    expect(outcome.stderr).toContain(message);
    expect(outcome.stderr).not.toMatch(/^ +at |node:internal|Error:/m);
    expect(contentsOf(outdir)).toEqual(before);
  },
);

test("writes no output folder for an unknown environment", () => {
  const other = join(folder.path, "other");
  expect(run({ entry: "main.ts", env: { CDKTF_OUTDIR: other, PGPOOL_ENVIRONMENT: "nowhere" } }).status).toBe(1);
  expect(Object.keys(contentsOf(folder.path)).filter((file) => file.startsWith("other"))).toEqual([]);
});

test("--help explains the command and makes nothing", () => {
  const before = contentsOf(outdir);
  const { status, stdout, stderr } = run({ entry: "commands/start.ts", options: ["--help"], env });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("npm start [-- --environment NAME]");
  expect(stdout).toContain("one of example, development, production, existing-vpc");
  expect(contentsOf(outdir)).toEqual(before);
});

test("prefers the option to PGPOOL_ENVIRONMENT, and tells cdktf which environment it was", () => {
  const options = ["--environment", "production"];
  const { status, stdout } = run({
    entry: "commands/start.ts",
    options,
    env: { ...env, PGPOOL_ENVIRONMENT: "nowhere" },
  });
  expect(status).toBe(0);
  expect(stdout).toContain("  state     npm run state:bucket -- --environment production   (once)\n");
  expect(stdout).toContain("  review    npm run plan -- --environment production\n");
  // Its health user is a dedicated one, which has to be there before the first node.
  expect(stdout).toContain(
    [
      "  deploy    PGPOOL_ENVIRONMENT=production npx cdktf deploy network database",
      "  deploy    npm run db:bootstrap -- --environment production   (once)",
      "  deploy    PGPOOL_ENVIRONMENT=production npx cdktf deploy network database pgpool\n",
    ].join("\n"),
  );
});

test("an environment in an existing VPC leaves no network stack of the one before it", () => {
  const { status, stdout } = run({ entry: "commands/start.ts", options: ["--environment", "existing-vpc"], env });
  expect(status).toBe(0);
  expect(stdout).toContain("npx cdktf deploy database pgpool\n");
  expect(Object.keys(contentsOf(outdir)).filter((file) => file.startsWith("stacks/network"))).toEqual([]);
});

test("names the environment in each command that would otherwise take another", () => {
  const { stdout } = run({
    entry: "commands/start.ts",
    options: ["--environment", "example"],
    env: { ...env, PGPOOL_ENVIRONMENT: "production" },
  });
  expect(stdout).toContain("PGPOOL_ENVIRONMENT=example npx cdktf deploy network database pgpool\n");
});

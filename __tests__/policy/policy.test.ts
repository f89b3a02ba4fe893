import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { environments } from "../../config/environments/index";
import { loadEnvironment } from "../../config/load-environment";
import { pipelineSchema } from "../../config/schema/pipeline";
import { checkov, type Report, type Verdict } from "../../policy/checkov";
import { exceptions, excepts } from "../../policy/exceptions";
import { addStacks } from "../../stacks/environment-stacks";
import { PipelineStack } from "../../stacks/pipeline-stack";

/** Checks that a stack passes at least: about two thirds of today's, so that a scan that sees little is noticed. */
const leastPassed = { network: 50, database: 60, pgpool: 70 } as const;

const names = Object.keys(environments);
const folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-policy-"));
let report: Report = { passed: [], failed: [] };

beforeAll(() => {
  for (const name of names) {
    const app = new App({ outdir: join(folder, name) });
    addStacks(app, loadEnvironment(name));
    app.synth();
  }
  // No environment of the project has a pipeline.
  const app = new App({ outdir: join(folder, "pipeline") });
  const pipeline = pipelineSchema.parse({ kind: "github", repository: "owner/name", oidcProvider: "new" });
  if (pipeline.kind === "github") new PipelineStack(app, loadEnvironment("production"), pipeline);
  app.synth();
  report = checkov(folder, process.env);
}, 300_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const stacksOf = (name: string) =>
  Object.entries(leastPassed).filter(([stack]) => stack !== "network" || loadEnvironment(name).network.kind === "new");
const describeOne = ({ environment, stack, check, resource, name }: Verdict) =>
  `${environment}/${stack} ${resource}: ${check} ${name}`;

/** Every exception with each of its environments. */
const excepted = exceptions.flatMap((exception) =>
  (exception.environments === "all" ? names : exception.environments).map((environment) => ({
    ...exception,
    environment,
  })),
);
const covers = (one: (typeof excepted)[number], finding: Verdict): boolean =>
  finding.environment === one.environment && excepts({ ...one, environments: [one.environment] }, finding);

test("checkov finds nothing but what policy/exceptions.ts excepts with a reason", () => {
  const unmet = report.failed.filter((finding) => !exceptions.some((one) => excepts(one, finding)));
  expect(unmet.map(describeOne)).toEqual([]);
});

test.each(excepted)("$check is needed in $environment", (exception) => {
  expect(report.failed.filter((finding) => covers(exception, finding))).not.toEqual([]);
});

test.each(exceptions)("$check is excepted for a reason", ({ reason }) => {
  expect(reason.length).toBeGreaterThan(40);
});

test("the pipeline's roles are really scanned", () => {
  expect(report.passed.filter((one) => one.stack === "pipeline").length).toBeGreaterThan(58);
});

describe.each(names)("%s", (name) => {
  test.each(stacksOf(name))("has its %s stack really scanned", (stack, least) => {
    const passed = report.passed.filter((one) => one.environment === name && one.stack === stack);
    expect(passed.length).toBeGreaterThan(least);
  });

  test.each(stacksOf(name))("has a %s stack that says nothing of this machine", (stack) => {
    const text = readFileSync(join(folder, name, "stacks", stack, "cdk.tf.json"), "utf8");
    for (const path of [process.cwd(), homedir(), folder]) expect(text).not.toContain(path);
  });
});

describe("checkov", () => {
  const write = (json: object) => {
    const stack = join(mkdtempSync(join(folder, "checkov-")), "weak", "stacks", "weak");
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify(json));
    return join(stack, "..", "..", "..");
  };

  test("fails for a cluster in clear", () => {
    const { failed } = checkov(
      write({ resource: { aws_rds_cluster: { weak: { storage_encrypted: false } } } }),
      process.env,
    );
    expect(failed).toContainEqual(
      expect.objectContaining({ check: "CKV_AWS_96", environment: "weak", stack: "weak", resource: "resource.weak" }),
    );
  }, 60_000);

  test("must not stay silent about a folder without Terraform JSON", () => {
    expect(() => checkov(mkdtempSync(join(folder, "empty-")), process.env)).toThrow("scanned nothing");
  }, 60_000);

  test("must be there", () => {
    expect(() => checkov(folder, { PATH: folder })).toThrow(/not on the PATH.*pipx install checkov/);
  });
});

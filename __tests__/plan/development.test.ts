import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { PlanReport } from "../../review/report";
import { mainStacks, Workplace } from "../support/terraform";
import { bareTerraformPath } from "../support/tools";

const bucket = "example-pgpool-aurora-state";
const settings = "config/environments/development.ts";
const database = 'database: { capacity: { kind: "serverless", minAcu: 0.5, maxAcu: 4 }';
const fleet = "pgpool: { minCapacity: 1";

jest.setTimeout(120_000);
let place: Workplace;
/** Without checkov, whose seven seconds one test is enough for. */
let PATH: string;
const tools = mkdtempSync(join(tmpdir(), "pgpool-aurora-path-"));

beforeAll(async () => {
  place = await Workplace.open("test:plan");
  PATH = bareTerraformPath(join(tools, "bin"));
});

afterAll(async () => {
  rmSync(tools, { recursive: true });
  await Workplace.closeAll();
});

const file = (name: string): string => join(place.checkout.folder, "plan", name);
const text = (name: string): string => readFileSync(file(name), "utf8");
const report = (): PlanReport => JSON.parse(text("plan.json")) as PlanReport;
const manifest = () =>
  JSON.parse(text("private/manifest.json")) as { readonly stacks: readonly Readonly<Record<string, unknown>>[] };
const review = (options: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
  place.review("development", options, { PATH, ...env });
/** Plans with a changed configuration, which is taken back afterwards. */
async function reviewWith(from: string, to: string, options: readonly string[] = []) {
  place.checkout.edit(settings, from, to);
  const outcome = await review(options);
  place.checkout.edit(settings, to, from);
  return outcome;
}

/** In the order of a life: each test goes on where the one before it ended. */
describe("before anything was applied", () => {
  test("there is no plan without the bucket of the state, and nothing is left of the try", async () => {
    const { code, output } = await review();
    expect(code).toBe(1);
    expect(output).toContain("network: terraform init failed");
    expect(output).toContain("npm run state:bucket -- --environment development");
    expect([existsSync(file("")), existsSync(`${file("")}.part`)]).toEqual([false, false]);
  });

  test("all stacks are planned, those behind another one with stand-ins, and no state is written", async () => {
    await place.stateBucket("development");
    await place.moto.allowPlainHttp(bucket);
    const { code, output } = await review();
    expect({ code, output }).toEqual({ code: 2, output: expect.stringContaining("no lock is taken") as string });
    expect(await place.moto.objectKeys(bucket)).toEqual([]);
    expect(report().stacks.map(({ stack, applicable }) => [stack, applicable])).toEqual([
      ["network", true],
      ["database", false],
      ["pgpool", false],
    ]);
    const comment = text("plan.md");
    expect(comment).toContain("**database** may not be applied from this plan: planned with stand-ins");
    expect(comment).toContain("**pgpool** may not be applied from this plan: planned with stand-ins");
    expect(comment).toContain("checkov was not asked");
    expect(text("plan-full.md")).toContain("backend_hostname0 = 'cluster.stand-in.eu-west-1.rds.amazonaws.com'");
  });

  test("plans are kept for their owner only, and only those that may be applied", () => {
    const mode = (name: string) => (statSync(file(name)).mode & 0o777).toString(8);
    expect([mode("private"), mode("private/network.tfplan"), mode("private/manifest.json")]).toEqual([
      "700",
      "600",
      "600",
    ]);
    expect(manifest().stacks).toMatchObject([
      { stack: "network", applicable: true, reason: null, planFile: "network.tfplan", state: null },
      { stack: "database", applicable: false, planFile: null, planSha256: null, state: null },
      { stack: "pgpool", applicable: false, planFile: null, planSha256: null, state: null },
    ]);
    expect(existsSync(file("private/pgpool.tfplan"))).toBe(false);
    expect(existsSync(file("private/scratch"))).toBe(false);
  });

  test("the plan that was reviewed can be applied as it is, once", async () => {
    const plan = file("private/network.tfplan");
    expect((await place.terraform("network", ["apply", "-input=false", plan])).code).toBe(0);
    const again = await place.terraform("network", ["apply", "-input=false", plan]);
    expect(again.code).toBe(1);
    expect(again.output).toContain("Saved plan is stale");
  });

  test("with the network there, the database is planned from it; only the fleet needs stand-ins still", async () => {
    expect((await review(["database", "pgpool"])).code).toBe(2);
    expect(report().stacks.map(({ stack, applicable }) => [stack, applicable])).toEqual([
      ["database", true],
      ["pgpool", false],
    ]);
    expect(report().stacks[1]?.reservations).toEqual([expect.stringContaining("database never applied")]);
    expect(text("plan-full.md")).not.toContain("subnet-000000000");
  });
});

describe("after everything was applied", () => {
  test("nothing changes; checkov is asked where it is there", async () => {
    await place.deploy("development", mainStacks);
    const { code, output } = await review([], { PATH: process.env.PATH });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("Nothing changes.") as string });
    expect(text("plan.md")).toContain("✅ Plan of `development`: nothing changes");
    expect(text("plan.md")).not.toContain("🔴");
    expect(manifest().stacks).toMatchObject(
      mainStacks.map((stack) => ({
        stack,
        changes: false,
        applicable: true,
        state: { serial: expect.any(Number) as number },
      })),
    );
  });

  test("another instance class is an update", async () => {
    const provisioned = database.replace(
      /\{ kind: "serverless".*\}/,
      '{ kind: "provisioned", instanceClass: "db.r7g.large" }',
    );
    expect((await reviewWith(database, provisioned, ["database"])).code).toBe(2);
    expect(text("plan.md")).toContain("| `instance_class` | `db.serverless` | `db.r7g.large` |");
    expect(report().dangers).toEqual([]);
  });

  test("another setting of Pgpool-II shows as a line of the boot document and of pgpool.conf", async () => {
    expect((await reviewWith(fleet, `${fleet}, clientsPerNode: 100`, ["pgpool"])).code).toBe(2);
    expect(text("plan.md")).toContain('-          "num_init_children": 64,\n+          "num_init_children": 100,\n');
    expect(text("plan.md")).toContain("-num_init_children = 64\n+num_init_children = 100\n");
  });

  test("a wider range of clients stops", async () => {
    const wider = `${fleet}, exposure: { kind: "private", allowedCidrs: ["10.0.0.0/8"] }`;
    expect((await reviewWith(fleet, wider, ["pgpool"])).code).toBe(3);
    expect(report().dangers).toMatchObject([
      {
        danger: "opened",
        detail: "admits 10.0.0.0/8 on tcp 5432, before 10.30.0.0/16 on tcp 5432",
        acknowledgement: null,
      },
    ]);
    expect(text("plan.md")).toContain("> 🔴 **1 dangerous change**");
    expect(manifest().stacks).toMatchObject([{ stack: "pgpool", applicable: false, planFile: null }]);
  });

  test("what replaces the cluster stops, goes on when somebody answers for it, and leaves the fleet on old values", async () => {
    const other = database.replace("capacity", 'databaseName: "other", capacity');
    const { code } = await reviewWith(database, other);
    expect(code).toBe(3);
    const cluster = report().dangers.find(({ address }) => address.startsWith("aws_rds_cluster."));
    expect(cluster).toMatchObject({ danger: "lost", detail: "is replaced for database_name" });
    const answers = report().dangers.map(({ stack, address, danger }) => ({
      ...{ environment: "development", stack, address, danger },
      ...{ reason: "This environment is disposable.", expires: "2999-12-31" },
    }));
    writeFileSync(join(place.checkout.folder, "acknowledgements.json"), JSON.stringify(answers));
    expect((await reviewWith(database, other)).code).toBe(2);
    expect(report().stacks.map(({ stack, applicable }) => [stack, applicable])).toEqual([
      ["network", true],
      ["database", true],
      ["pgpool", false],
    ]);
    expect(report().stacks[2]?.reservations).toEqual([
      expect.stringMatching(/^planned from old values: .*cluster_endpoint/),
    ]);
  });

  test("answers that are for nothing stop a plan that changes nothing", async () => {
    const { code } = await review(["database"]);
    writeFileSync(join(place.checkout.folder, "acknowledgements.json"), "[]");
    expect(code).toBe(3);
    expect(text("plan.md")).toContain("is for nothing in this plan: remove it.");
  });

  test("what deletionProtection forbids is refused with Terraform's words and the way out", async () => {
    place.checkout.edit(settings, "deletionProtection: false", "deletionProtection: true");
    const { code, output } = await reviewWith(
      database,
      database.replace("capacity", 'databaseName: "other", capacity'),
      ["database"],
    );
    place.checkout.edit(settings, "deletionProtection: true", "deletionProtection: false");
    expect(code).toBe(1);
    expect(output).toContain("Instance cannot be destroyed");
    expect(output).toContain("docs/decisions/0003");
  });

  test("when a provider fails its words are told, and the result of before is left as it was", async () => {
    const before = text("plan.json");
    const { code, output } = await review(["network"], { TF_DOUBLE_FAIL: "aws_vpc.read" });
    expect(code).toBe(1);
    expect(output).toMatch(/network: terraform plan failed \(exit code 1\)\.\n\n[\s\S]*Error:[\s\S]*aws_vpc/);
    expect(output).not.toMatch(/^ +at /m);
    expect(text("plan.json")).toBe(before);
    expect(existsSync(`${file("")}.part`)).toBe(false);
  });

  test("somebody else's lock does not stop a plan, and stays", async () => {
    const lock = { Bucket: bucket, Key: "development/network.tfstate.tflock" };
    const Body = JSON.stringify({
      ID: "0f0f",
      Who: "ann@laptop",
      Operation: "OperationTypeApply",
      Created: new Date(),
    });
    await place.moto.s3.send(new PutObjectCommand({ ...lock, Body, ContentType: "application/json" }));
    const { code, output } = await review(["network"]);
    const keys = await place.moto.objectKeys(bucket);
    await place.moto.s3.send(new DeleteObjectCommand(lock));
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("no lock is taken") as string });
    expect(keys).toContain(lock.Key);
  });
});

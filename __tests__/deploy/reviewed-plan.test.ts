import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { StackName } from "../../config/state";
import { Workplace } from "../support/terraform";

const bucket = "example-pgpool-aurora-state";
const kept = "production/run-1/";
const settings = "config/environments/production.ts";

let place: Workplace;
let plans: string;
let digest: string;

beforeAll(async () => {
  place = await Workplace.open();
  await place.publishImage("eu-west-1", "/pgpool-aurora/image/arm64");
  await place.stateBucket("production");
  await place.moto.allowPlainHttp(bucket);
  plans = join(place.checkout.folder, "plan", "private");
}, 60_000);

afterAll(() => Workplace.closeAll());

const sha256 = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

/** What npm run plan leaves in DIR/private: the plan of the network, and of the database a reservation. */
async function plan(): Promise<void> {
  rmSync(plans, { recursive: true, force: true });
  mkdirSync(plans, { recursive: true });
  await place.planAll("production");
  const stacks = join(place.checkout.folder, "cdktf.out/stacks");
  const states = await place.moto.states(bucket);
  const entry = (stack: StackName, applicable: boolean) => {
    const state = states[`production/${stack}.tfstate`] as { lineage: string; serial: number } | undefined;
    const planFile = `${stack}.tfplan`;
    if (applicable) cpSync(join(stacks, stack, "plan"), join(plans, planFile));
    else writeFileSync(join(plans, planFile), "");
    return {
      ...{ stack, planFile, planSha256: sha256(join(plans, planFile)), applicable },
      jsonSha256: sha256(join(stacks, stack, "cdk.tf.json")),
      state: state === undefined ? null : { lineage: state.lineage, serial: state.serial },
      reservations: applicable ? [] : ["planned with stand-ins for the outputs of network"],
    };
  };
  const manifest = {
    ...{ environment: "production", commit: null },
    stacks: [entry("network", true), entry("database", false)],
  };
  writeFileSync(join(plans, "manifest.json"), JSON.stringify(manifest));
}

const apply = (...options: readonly string[]) => place.commandOnS3("commands/plan-apply.ts", "production", options);
const fetched = () => apply("--dir", "fetched", "--run", "run-1", "--digest", digest);

/** In the order of a life: each test goes on where the one before it ended. */
describe("a reviewed plan", () => {
  test("is kept in the state bucket, for a week", async () => {
    await plan();
    const { code, output } = await place.commandOnS3("commands/plan-keep.ts", "production", ["--run", "run-1"]);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^[0-9a-f]{64}$/m) as string });
    digest = /^[0-9a-f]{64}$/m.exec(output)?.[0] ?? "";
    const names = ["database.tfplan", "manifest.json", "network.tfplan"];
    expect(await place.moto.objectKeys(bucket)).toEqual(names.map((name) => `_plans/${kept}${name}`));
  }, 60_000);

  test("is refused when somebody has put another one in its place", async () => {
    const { s3 } = place.moto;
    const manifest = { Bucket: bucket, Key: `_plans/${kept}manifest.json` };
    const original = readFileSync(join(plans, "manifest.json"));
    await s3.send(new PutObjectCommand({ ...manifest, Body: `${original.toString()} ` }));
    const { code, output } = await fetched();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining("not the one that was approved") as string,
    });
    await s3.send(new PutObjectCommand({ ...manifest, Body: original }));
    const planFile = { Bucket: bucket, Key: `_plans/${kept}network.tfplan` };
    const whole = readFileSync(join(plans, "network.tfplan"));
    await s3.send(new PutObjectCommand({ ...planFile, Body: whole.subarray(1) }));
    expect((await fetched()).output).toContain("network: the plan file is another one");
    await s3.send(new PutObjectCommand({ ...planFile, Body: whole }));
    expect(place.ofType("aws_vpc")).toEqual([]);
  }, 60_000);

  test("is refused when the configuration has moved", async () => {
    place.checkout.edit(settings, "4711", "4712");
    expect(await fetched()).toMatchObject({
      code: 1,
      output: expect.stringContaining("network: the configuration has moved") as string,
    });
    place.checkout.edit(settings, "4712", "4711");
    expect(place.ofType("aws_vpc")).toEqual([]);
  }, 60_000);

  test("is applied as it is; what was planned with stand-ins remains", async () => {
    const { code, output } = await fetched();
    expect({ code, output }).toEqual({
      code: 2,
      output: expect.stringContaining("database: plan again; planned with stand-ins") as string,
    });
    expect(place.ofType("aws_vpc")).toHaveLength(1);
    expect(place.ofType("aws_rds_cluster")).toEqual([]);
  }, 60_000);

  test("is refused once the state has moved, by its own apply too", async () => {
    const { code, output } = await apply();
    expect(code).toBe(1);
    expect(output).toMatch(/nothing was applied. Plan again:\n- network: the state has moved from none to serial \d+/);
  }, 60_000);

  test("a plan that was never kept is told as such", async () => {
    const { code, output } = await apply("--run", "run-2", "--digest", digest);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining("plan again") as string });
  }, 30_000);
});

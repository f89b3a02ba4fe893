import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { mainStacks, Workplace } from "../support/terraform";

const bucket = "example-pgpool-aurora-state";
const settings = "config/environments/production.ts";

let place: Workplace;

beforeAll(async () => {
  place = await Workplace.open();
  await place.publishImage("eu-west-1", "/pgpool-aurora/image/arm64");
  await place.stateBucket("production");
  await place.moto.allowPlainHttp(bucket);
}, 60_000);

afterAll(() => Workplace.closeAll());

/** All that can change: what exists, and what the states say about it. */
const everything = async () => ({ objects: place.objects(), states: await place.moto.states(bucket) });

/** In the order of a life: each test goes on where the one before it ended. */
describe("the production environment", () => {
  test("is deployed by one command, each stack with a state of its own", async () => {
    await place.deploy("production", mainStacks);
    expect(await place.moto.objectKeys(bucket)).toEqual([
      "production/database.tfstate",
      "production/network.tfstate",
      "production/pgpool.tfstate",
    ]);
  }, 90_000);

  test("has nothing to change once it is deployed", async () => {
    expect(await place.planAll("production")).toEqual({ network: 0, database: 0, pgpool: 0 });
  }, 60_000);

  test("changes the launch template and the scaling group for another instance type, and nothing else", async () => {
    place.checkout.edit(settings, "m7g.large", "m7g.xlarge");
    await place.synthesize("production");
    expect((await place.plan("pgpool")).changes).toEqual([
      "update aws_autoscaling_group",
      "update aws_launch_template",
    ]);
    expect((await place.plan("database")).code).toBe(0);
  }, 60_000);

  test("is left alone by an apply while somebody else holds the lock, who is named", async () => {
    const lock = {
      ID: "0f0f",
      Operation: "OperationTypeApply",
      Who: "ann@laptop",
      Version: "1.11.4",
      Created: new Date(),
    };
    const before = await everything();
    const key = { Bucket: bucket, Key: "production/pgpool.tfstate.tflock" };
    await place.moto.s3.send(
      new PutObjectCommand({ ...key, Body: JSON.stringify(lock), ContentType: "application/json" }),
    );
    const { code, output } = await place.terraform("pgpool", ["apply", "-auto-approve", "-input=false"]);
    expect(code).toBe(1);
    expect(output).toContain("Error acquiring the state lock");
    expect(output).toContain("ann@laptop");
    await place.moto.s3.send(new DeleteObjectCommand(key));
    expect(await everything()).toEqual(before);
  }, 60_000);

  test("refuses a careless destroy at plan time, and loses nothing", async () => {
    const before = await everything();
    const { code } = await place.cdktf("production", ["destroy", ...mainStacks, "--auto-approve"]);
    expect(code).toBe(1);
    expect(await everything()).toEqual(before);
  }, 60_000);

  test.each(mainStacks)(
    "does not even plan the end of %s: prevent_destroy is named",
    async (stack) => {
      const { code, output } = await place.plan(stack, "-destroy");
      expect(code).toBe(1);
      expect(output).toContain("prevent_destroy");
    },
    30_000,
  );

  test("is destroyed after a deploy without deletionProtection; only what others have made stays", async () => {
    place.checkout.edit(settings, "  network: {", "  deletionProtection: false,\n  network: {");
    await place.deploy("production", mainStacks);
    await place.destroy("production", mainStacks);
    // The image's parameter. (AWS also keeps the final snapshot, automated backups, and the keys for 30 days.)
    expect(Object.keys(place.objects())).toEqual([expect.stringMatching(/^aws_ssm_parameter\./)]);
  }, 120_000);
});

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { mainStacks, Workplace } from "../support/terraform";

let place: Workplace;

beforeAll(async () => {
  place = await Workplace.open();
  await place.publishImage("us-east-1", "/pgpool-aurora/image/x86_64");
}, 60_000);

afterAll(() => Workplace.closeAll());

/** In the order of a life: each test goes on where the one before it ended. */
describe("the example environment, whose state is on this machine", () => {
  test("fails to deploy when AWS fails in the middle of the last stack", async () => {
    const deploy = ["deploy", ...mainStacks, "--auto-approve"];
    const { code } = await place.cdktf("example", deploy, { TF_DOUBLE_FAIL: "aws_autoscaling_group.create" });
    expect(code).toBe(1);
    expect(place.ofType("aws_launch_template")).toHaveLength(1);
    expect(place.ofType("aws_autoscaling_group")).toHaveLength(0);
  }, 90_000);

  test("is made whole by the next deploy, and then has nothing to change", async () => {
    const before = place.objects();
    await place.deploy("example", mainStacks);
    expect(place.ofType("aws_autoscaling_group")).toHaveLength(1);
    expect(place.objects()).toMatchObject(before);
    expect(await place.planAll("example")).toEqual({ network: 0, database: 0, pgpool: 0 });
  }, 90_000);

  test("keeps one file for each stack under state/, and nothing beside it", () => {
    const files = readdirSync(join(place.checkout.folder, "state"), { recursive: true });
    expect(files.filter((file) => !String(file).endsWith(".backup")).sort()).toEqual([
      "example",
      ...["database", "network", "pgpool"].map((stack) => join("example", `${stack}.tfstate`)),
    ]);
  });
});

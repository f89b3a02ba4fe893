import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { Workplace } from "../support/terraform";

const bucket = "example-pgpool-aurora-state";
const kept = "_plans/production/run-1/";
const settings = "config/environments/production.ts";

let place: Workplace;
let digest: string;

beforeAll(async () => {
  place = await Workplace.open();
  await place.publishImage("eu-west-1", "/pgpool-aurora/image/arm64");
  await place.stateBucket("production");
  await place.moto.allowPlainHttp(bucket);
}, 60_000);

afterAll(() => Workplace.closeAll());

const command = (name: string, ...options: readonly string[]) =>
  place.commandOnS3(`commands/${name}.ts`, "production", options);
/** The exit code of a command that has an answer. @throws with its output when it has none. */
async function answer(name: string): Promise<number | null> {
  const { code, output } = await command(name);
  if (code === 1) throw new Error(output);
  return code;
}
const apply = (...options: readonly string[]) => command("plan-apply", ...options);
const approved = () => apply("--dir", "fetched", "--run", "run-1", "--digest", digest);
const put = (file: string, Body: Buffer | string) =>
  place.moto.s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${kept}${file}`, Body }));
const planned = (file: string): Buffer => readFileSync(join(place.checkout.folder, "plan/private", file));
const stacksThere = (): readonly boolean[] =>
  ["aws_vpc", "aws_rds_cluster", "aws_lb"].map((type) => place.ofType(type).length > 0);

/** In the order of a life: each test goes on where the one before it ended. */
describe("a reviewed plan", () => {
  test("is kept in the state bucket, without those that may not be applied", async () => {
    expect(await answer("plan")).toBe(2);
    const { code, output } = await command("plan-keep", "--run", "run-1");
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^[0-9a-f]{64}$/m) as string });
    digest = /^[0-9a-f]{64}$/m.exec(output)?.[0] ?? "";
    expect(await place.moto.objectKeys(bucket)).toEqual([`${kept}manifest.json`, `${kept}network.tfplan`]);
  }, 120_000);

  test("is refused when somebody has put another one in its place", async () => {
    await put("manifest.json", `${planned("manifest.json").toString()} `);
    expect(await approved()).toMatchObject({
      code: 1,
      output: expect.stringContaining("not the one that was approved") as string,
    });
    await put("manifest.json", planned("manifest.json"));
    await put("network.tfplan", planned("network.tfplan").subarray(1));
    expect(await approved()).toMatchObject({
      code: 1,
      output: expect.stringContaining("network: the plan file is another one") as string,
    });
    await put("network.tfplan", planned("network.tfplan"));
    expect(stacksThere()).toEqual([false, false, false]);
  }, 90_000);

  test("is refused when the configuration has moved", async () => {
    place.checkout.edit(settings, "4711", "4712");
    expect(await approved()).toMatchObject({
      code: 1,
      output: expect.stringContaining("network: the configuration has moved") as string,
    });
    place.checkout.edit(settings, "4712", "4711");
    expect(stacksThere()).toEqual([false, false, false]);
  }, 60_000);

  test("is applied as it is; what was planned with stand-ins remains", async () => {
    const { code, output } = await approved();
    expect({ code, output }).toEqual({
      code: 2,
      output: expect.stringMatching(/database: plan again; planned with stand-ins/) as string,
    });
    expect(stacksThere()).toEqual([true, false, false]);
  }, 90_000);

  test("is refused once the state has moved, by its own apply too", async () => {
    expect(await apply()).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /nothing was applied. Plan again:\n- network: the state has moved from none/,
      ) as string,
    });
  }, 60_000);

  test("takes two more rounds for what remains, and then there is nothing to plan", async () => {
    expect(await answer("plan")).toBe(2);
    expect(await answer("plan-apply")).toBe(2);
    expect(stacksThere()).toEqual([true, true, false]);
    expect(await answer("plan")).toBe(2);
    expect(await answer("plan-apply")).toBe(0);
    expect(stacksThere()).toEqual([true, true, true]);
    expect(await answer("plan")).toBe(0);
  }, 300_000);

  test("that was never kept is told as such", async () => {
    const { code, output } = await apply("--dir", "fetched", "--run", "run-2", "--digest", digest);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining("plan again") as string });
  }, 30_000);
});

import { mainStacks, Workplace } from "../support/terraform";

const bucket = "example-pgpool-aurora-state";
const unchanged = { network: 0, database: 0, pgpool: 0 };

let place: Workplace;
/** What there is while production is alone. */
let production: { readonly objects: Record<string, unknown>; readonly states: Record<string, unknown> };

beforeAll(async () => {
  place = await Workplace.open();
  await place.publishImage("eu-west-1", "/pgpool-aurora/image/arm64");
  await place.stateBucket("production");
  await place.moto.allowPlainHttp(bucket);
  await place.deploy("production", mainStacks);
  production = { objects: place.objects(), states: await place.moto.states(bucket) };
}, 120_000);

afterAll(() => Workplace.closeAll());

/** In the order of a life: each test goes on where the one before it ended. */
describe("a second environment in the same account, bucket and checkout", () => {
  test("is deployed beside the first, whose objects and states stay as they are", async () => {
    await place.deploy("development", mainStacks);
    const states = await place.moto.states(bucket);
    expect(place.objects()).toMatchObject(production.objects);
    expect(states).toMatchObject(production.states);
    expect(Object.keys(states)).toEqual([
      ...["development/database.tfstate", "development/network.tfstate", "development/pgpool.tfstate"],
      ...Object.keys(production.states),
    ]);
  }, 90_000);

  test("has nothing to change, and neither has the first, whichever is synthesized", async () => {
    expect(await place.planAll("production")).toEqual(unchanged);
    expect(await place.planAll("development")).toEqual(unchanged);
  }, 90_000);

  test("is destroyed without the first", async () => {
    await place.destroy("development", mainStacks);
    expect(place.objects()).toEqual(production.objects);
    expect(await place.moto.states(bucket)).toMatchObject(production.states);
  }, 60_000);
});

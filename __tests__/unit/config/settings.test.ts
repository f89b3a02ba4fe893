import { environmentSchema } from "../../../config/schema/environment";
import { listSettings } from "../../../config/settings";

const rows = listSettings();
const rowOf = (path: string) => rows.filter((row) => row.path === path);

test("lists the sections in the order of the schema", () => {
  const sections = new Set(rows.map(({ path }) => path.split(".")[0]));
  expect([...sections]).toEqual(Object.keys(environmentSchema.shape));
});

test("lists no setting twice for one kind", () => {
  const keys = rows.map(({ path, choices }) => JSON.stringify([path, choices]));
  expect(new Set(keys).size).toBe(keys.length);
});

test("knows type, default and limits of a setting", () => {
  expect(rowOf("pgpool.minCapacity")).toEqual([
    {
      path: "pgpool.minCapacity",
      choices: {},
      type: "number",
      preset: "2",
      optional: false,
      allowed: "a whole number from 1 to 100",
      means: "Fewest nodes.",
      words: [],
    },
  ]);
});

test("knows which settings must be written", () => {
  const required = rows.filter(({ preset, optional, choices }) => {
    return preset === undefined && !optional && Object.keys(choices).length === 0;
  });
  expect(required.filter(({ optionalGroup }) => optionalGroup === undefined).map(({ path }) => path)).toEqual([
    "region",
    "owner",
    "state.kind",
    "network.kind",
    "image.kind",
  ]);
});

test("gives a choice its words and their meaning", () => {
  expect(rowOf("pgpool.exposure.kind")).toMatchObject([
    {
      type: "choice",
      preset: '"private"',
      allowed: '"private", "public", "world"',
      words: ["private", "public", "world"],
    },
  ]);
  expect(rowOf("state.kind")).toMatchObject([
    { preset: undefined, means: expect.stringMatching(/^"local": .+ "s3": /) as unknown },
  ]);
});

test("tells for which kinds a setting is", () => {
  expect(rowOf("network.subnets.private")).toMatchObject([
    { choices: { network: "new", "network.subnets": "explicit" } },
  ]);
  expect(rowOf("image.architecture").map(({ choices }) => choices.image)).toEqual([
    "id",
    "manifest",
    "parameter",
    "lookup",
  ]);
});

test("gives a group that may be left out a row, and its settings the group", () => {
  expect(rowOf("pgpool.dns")).toMatchObject([{ type: "group", optional: true, allowed: "{ zoneId, name }" }]);
  expect(rowOf("pgpool.dns.name")).toMatchObject([{ optional: false, optionalGroup: "pgpool.dns" }]);
});

test.each([
  ["region", "string"],
  ["deletionProtection", "boolean"],
  ["logRetentionDays", "number"],
  ["tags", "map"],
  ["network.zones", "list of strings"],
  ["database.performanceInsights", "string or number"],
])("%s is a %s", (path, type) => {
  expect(rowOf(path)).toMatchObject([{ type }]);
});

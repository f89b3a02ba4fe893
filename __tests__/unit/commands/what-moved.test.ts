import type { Manifest, ManifestStack } from "../../../commands/reviewed/manifest";
import { type Present, whatMoved } from "../../../commands/reviewed/what-moved";

const database: ManifestStack = {
  stack: "database",
  planFile: "database.tfplan",
  planSha256: "1".repeat(64),
  synthesizedSha256: "2".repeat(64),
  state: { lineage: "a", serial: 4 },
  changes: true,
  applicable: true,
  reason: null,
};
const planned: Manifest = {
  formatVersion: 1,
  environment: "production",
  commit: "c0ffee",
  uncommitted: false,
  stacks: [database],
};
const unchanged: Present = {
  environment: "production",
  commit: "c0ffee",
  synthesizedSha256: () => database.synthesizedSha256,
  planSha256: () => database.planSha256 ?? undefined,
  states: { database: database.state },
};

test("what is as it was may be applied", () => {
  expect(whatMoved(planned, unchanged)).toEqual([]);
});

test.each<[string, Partial<Present>, string]>([
  ["another environment", { environment: "development" }, "the plan is of production"],
  ["another commit", { commit: "decaf" }, "the plan is of commit c0ffee, this is decaf"],
  ["no commit", { commit: null }, "the plan is of commit c0ffee, this is unknown"],
  ["another plan file", { planSha256: () => "3".repeat(64) }, "database: the plan file is another one"],
  ["no plan file", { planSha256: () => undefined }, "database: the plan file is another one"],
  ["another configuration", { synthesizedSha256: () => "3".repeat(64) }, "database: the configuration has moved"],
  [
    "a newer state",
    { states: { database: { lineage: "a", serial: 5 } } },
    "database: the state has moved from serial 4 to serial 5",
  ],
  ["a state made anew", { states: { database: { lineage: "b", serial: 4 } } }, "database: the state has moved"],
  ["no state any more", { states: {} }, "database: the state has moved from serial 4 to none"],
])("%s is refused", (_, change, words) => {
  expect(whatMoved(planned, { ...unchanged, ...change })).toEqual([expect.stringContaining(words)]);
});

test("the state of a stack counts even where its plan is not applied: others were planned with it", () => {
  const reserved = { ...database, applicable: false, planFile: null, planSha256: null };
  expect(whatMoved({ ...planned, stacks: [reserved] }, { ...unchanged, states: {} })).toHaveLength(1);
});

test("all that has moved is told at once", () => {
  const present: Present = { ...unchanged, commit: null, states: {}, synthesizedSha256: () => undefined };
  expect(whatMoved(planned, present)).toHaveLength(3);
});

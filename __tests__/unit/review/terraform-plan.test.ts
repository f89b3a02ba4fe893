import { changedOutputs, resourceChanges } from "../../../review/resource-change";
import { parsePlan, PlanFormatError } from "../../../review/terraform-plan";
import { created, destroyed, entry, planOf, planText, replaced, updated } from "./support/plans";

test.each([
  ["another major version", JSON.stringify({ format_version: "2.0" }), "format 2.0; 1.x is what is read"],
  ["no version", "{}", "format none"],
  ["no JSON, which is not repeated", "password=hunter2", "has not printed a plan"],
  ["a list", "[]", "format none"],
  [
    "an action that is not documented",
    JSON.stringify({
      format_version: "1.2",
      resource_changes: [{ address: "a", mode: "managed", type: "t", change: { actions: ["explode"] } }],
    }),
    "resource_changes[0].change.actions[0]",
  ],
])("refuses %s", (_, text, message) => {
  expect(() => parsePlan(text)).toThrow(PlanFormatError);
  expect(() => parsePlan(text)).toThrow(message);
  expect(() => parsePlan(text)).not.toThrow("hunter2");
});

test("reads a later minor version with fields that are not known yet", () => {
  expect(parsePlan(JSON.stringify({ format_version: "1.9", new_field: 1 }))).toMatchObject({ resource_changes: [] });
});

test.each([
  ["create", created("a", {})],
  ["update", updated("a", {}, {})],
  ["replace", replaced("a")],
  ["replace", entry(["create", "delete"], "a", {}, {})],
  ["destroy", destroyed("a")],
  ["forget", entry(["forget"], "a", {}, null)],
])("calls it %s", (action, change) => {
  expect(resourceChanges(planOf(change))).toMatchObject([{ action, address: "a.example" }]);
});

test("what stays as it is, and what is only read, is no change", () => {
  const read = { ...entry(["read"], "a", null, {}), mode: "data" } as const;
  expect(resourceChanges(planOf(entry(["no-op"], "a", {}, {}), read))).toEqual([]);
});

test("an output whose new value is not known yet changes too", () => {
  const outputs = {
    same: { actions: ["no-op"] },
    moved: { actions: ["update"], after_unknown: true },
    fresh: { actions: ["create"] },
  };
  expect(changedOutputs(parsePlan(planText([], outputs)))).toEqual(["fresh", "moved"]);
});

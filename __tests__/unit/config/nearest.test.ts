import { nearest } from "../../../config/nearest";

const words = ["minCapacity", "maxCapacity", "dns", "exposure", "drainTimeoutSeconds"];

test.each([
  ["a letter that is missing", "minCapacty", "minCapacity"],
  ["a letter too many", "exposuree", "exposure"],
  ["two letters that changed places", "epxosure", "exposure"],
  ["other capitals", "mincapacity", "minCapacity"],
  ["a third of the letters wrong", "exposr", "exposure"],
  ["only the beginning", "drain", "drainTimeoutSeconds"],
  ["the first three letters", "dra", "drainTimeoutSeconds"],
])("knows the word for %s", (_, written, meant) => {
  expect(nearest(written, words)).toBe(meant);
});

test.each([
  ["a word of its own", "colour"],
  ["nothing", ""],
  ["a beginning that several have", "m"],
  ["a short word of other letters", "nat"],
])("has no suggestion for %s", (_, written) => {
  expect(nearest(written, words)).toBeUndefined();
});

test("does not take amd64 for arm64", () => {
  expect(nearest("amd64", ["x86_64", "arm64"])).toBeUndefined();
});

import { ConfigurationError } from "../../../config/fault";
import { environmentSchema } from "../../../config/schema/environment";
import { inputWith, newNetwork } from "../../support/environments";
import { faultsOf, faultsWith } from "../../support/wrong-input";

const cyclic: Record<string, unknown> = {};
cyclic.itself = cyclic;

/** What may stand where something else belongs. */
const oddities: readonly (readonly [string, unknown])[] = [
  ["null", null],
  ["a list", []],
  ["a list of a list", [[]]],
  ["an empty text", ""],
  ["a text", "yes"],
  ["an empty group", {}],
  ["a group of something else", { kind: null }],
  ["true", true],
  ["zero", 0],
  ["NaN", Number.NaN],
  ["infinity", Number.POSITIVE_INFINITY],
  ["a big integer", 2n],
  ["a function", () => "late"],
  ["a symbol", Symbol("sign")],
  ["a date", new Date(0)],
  ["a group that holds itself", cyclic],
];

const sections = Object.keys(environmentSchema.shape);
const jargon = /invalid|expected|received|undefined|zod|union|discriminator|object Object|NaN: /i;

describe.each(oddities)("%s", (_, odd) => {
  test("as the whole environment is one readable report", () => {
    const message = new ConfigurationError("test", faultsOf(odd)).message;
    expect(message).toContain("  allowed  ");
    expect(message).not.toMatch(jargon);
  });

  test.each(sections)("as %s is accepted or one readable report, never a crash", (section) => {
    const faults = faultsWith({ [section]: odd });
    const about = faults.filter(({ path }) => path !== section && !path.startsWith(`${section}.`));
    expect(about).toEqual([]);
    for (const { allowed, remedy } of faults) {
      expect(allowed).not.toBe("");
      expect(remedy).not.toBe("");
    }
    expect(new ConfigurationError("test", faults).message).not.toMatch(jargon);
  });
});

test("an empty environment lists the settings that have no default, each once", () => {
  expect(faultsOf({}).map(({ path }) => path)).toEqual(["region", "owner", "state", "network", "image"]);
});

test("a number that is none is shown as what it is", () => {
  const [fault] = faultsWith({ pgpool: { minCapacity: Number.NaN } });
  expect(new ConfigurationError("test", fault === undefined ? [] : [fault]).message).toContain("got      NaN\n");
});

test.each(["state", "network", "image"])("%s without its kind asks for the kind only", (section) => {
  expect(faultsWith({ [section]: { ...newNetwork, kind: undefined } }).map(({ path }) => path)).toEqual([
    `${section}.kind`,
  ]);
});

test("a wrong element of a list is named by its place", () => {
  const zones = ["eu-west-1a", 2, null];
  expect(faultsWith({ network: { ...newNetwork, zones } }).map(({ path, got }) => [path, got])).toEqual([
    ["network.zones.1", 2],
    ["network.zones.2", null],
  ]);
});

test("settings called like a method of every object are unknown settings", () => {
  const input = { ...inputWith(), constructor: 1, database: { toString: "x" } };
  expect(faultsOf(input).map(({ path, remedy }) => [path, remedy])).toEqual([
    ["database.toString", "remove it: there is no such setting"],
    ["constructor", "remove it: there is no such setting"],
  ]);
});

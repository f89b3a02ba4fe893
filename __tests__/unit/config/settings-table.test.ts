import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withTable } from "../../../config/document-table";
import { readmes, withTables } from "../../../config/readmes";
import { listSettings, type SettingRow } from "../../../config/settings";
import { settingsTable, type TableWords } from "../../../config/settings-table";

const words: TableWords = {
  headings: ["Setting", "Kind", "Type", "Default", "Allowed", "Meaning"],
  required: "required",
  requiredIn: (group) => `required in ${group}`,
  none: "none",
};

const setting = (changes: Partial<SettingRow>): SettingRow => ({
  path: "a.b",
  choices: {},
  type: "string",
  preset: undefined,
  optional: false,
  allowed: "anything",
  means: "A thing.",
  words: [],
  ...changes,
});

/** The rows of a table without its two head lines. */
const rowsOf = (...settings: readonly SettingRow[]): string[] =>
  settingsTable(words, settings).trimEnd().split("\n").slice(2);

test("a table has a head and one row for each setting", () => {
  expect(settingsTable(words, [setting({ preset: "5" }), setting({ path: "c", optional: true })])).toBe(
    [
      "| Setting | Kind | Type | Default | Allowed | Meaning |",
      "| --- | --- | --- | --- | --- | --- |",
      "| `a.b` |  | string | `5` | anything | A thing. |",
      "| `c` |  | string | none | anything | A thing. |",
      "",
    ].join("\n"),
  );
});

test("says what must be written, and what only with its group", () => {
  const rows = rowsOf(setting({}), setting({ path: "dns.name", optionalGroup: "dns" }));
  expect(rows).toEqual([
    "| `a.b` |  | string | required | anything | A thing. |",
    "| `dns.name` |  | string | required in `dns` | anything | A thing. |",
  ]);
});

test("names the kind that a setting belongs to, the nearest one", () => {
  const choices = { network: "new", "network.subnets": "explicit" };
  expect(rowsOf(setting({ choices }))).toEqual(["| `a.b` | `explicit` | string | required | anything | A thing. |"]);
});

test("gives a setting that several kinds have alike one row, without kinds if all have it", () => {
  const kind = setting({ path: "a.kind", words: ["x", "y", "z"] });
  const ofKinds = (...kinds: readonly string[]) => kinds.map((name) => setting({ choices: { a: name } }));
  expect(rowsOf(kind, ...ofKinds("x", "y")).slice(1)).toEqual([expect.stringContaining("| `x`, `y` |")]);
  expect(rowsOf(kind, ...ofKinds("x", "y", "z")).slice(1)).toEqual([expect.stringContaining("| `a.b` |  |")]);
});

test("no text can end a cell or mean anything to Markdown", () => {
  const [row] = rowsOf(setting({ preset: '"a|b"', allowed: "a|b", means: "`*` and _x_ <br> [1]" }));
  expect(row).toBe('| `a.b` |  | string | `"a\\|b"` | a\\|b | \\`\\*\\` and \\_x\\_ \\<br> \\[1\\] |');
});

test("puts the table between the markers and changes nothing else", () => {
  const document = "before\n<!-- settings -->\nstale\n<!-- /settings -->\nafter\n";
  const written = withTable(document, "settings", "| new |\n");
  expect(written).toBe(
    "before\n<!-- settings -->\n\n<!-- prettier-ignore-start -->\n| new |\n\n<!-- prettier-ignore-end -->\n\n<!-- /settings -->\nafter\n",
  );
  expect(withTable(written, "settings", "| new |\n")).toBe(written);
});

test.each([
  "no marker",
  "<!-- settings --> no end",
  "<!-- /settings --> the wrong way round <!-- settings -->",
  "<!-- settings --><!-- /settings --><!-- settings --><!-- /settings -->",
])("refuses a document with %s", (document) => {
  expect(() => withTable(document, "settings", "")).toThrow("each once");
});

test.each(listSettings().map((row) => [row.path, row] as const))(
  "%s says what it means and what is allowed",
  (_, row) => {
    expect(row.means).toMatch(/^\S.*[.)]$/s);
    expect(row.allowed).toMatch(/\S/);
  },
);

test.each(Object.entries(readmes))(
  "the tables in %s are what the schema and the formula say (npm run settings)",
  (file, itsWords) => {
    const document = readFileSync(join(__dirname, "../../..", file), "utf8");
    expect(document === withTables(document, itsWords)).toBe(true);
  },
);

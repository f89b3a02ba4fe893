import { listSettings, type SettingRow } from "./settings";

/** What a table says in a person's language; the settings themselves are explained in English. */
export interface TableWords {
  /** Setting, kind, type, default, allowed values, meaning. */
  readonly headings: readonly [string, string, string, string, string, string];
  readonly required: string;
  /** For a setting that must be written as soon as its group is. */
  readonly requiredIn: (group: string) => string;
  readonly none: string;
}

/** The reference of every setting as a Markdown table. */
export function settingsTable(words: TableWords, settings: readonly SettingRow[] = listSettings()): string {
  const rows = merged(settings).map(({ row, kinds }) => [
    code(row.path),
    kinds.map(code).join(", "),
    row.type,
    presetOf(row, words),
    plain(row.allowed),
    plain(row.means),
  ]);
  return [words.headings, words.headings.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("");
}

interface MergedRow {
  readonly row: SettingRow;
  /** The kinds it is for; none where it is for all. */
  readonly kinds: readonly string[];
}

/** One row for a setting that several kinds have alike. */
function merged(settings: readonly SettingRow[]): MergedRow[] {
  return settings.flatMap((row) => {
    const alike = settings.filter((other) => isAlike(row, other));
    if (alike[0] !== row) return [];
    const [place = ""] = Object.keys(row.choices).slice(-1);
    const all = settings.find(({ path }) => path === `${place}.kind`)?.words.length;
    const kinds = alike.flatMap(({ choices }) => Object.values(choices).slice(-1));
    return [{ row, kinds: kinds.length === all ? [] : kinds }];
  });
}

const isAlike = (a: SettingRow, b: SettingRow): boolean =>
  (["path", "type", "preset", "optional", "allowed", "means"] as const).every((field) => a[field] === b[field]);

function presetOf({ preset, optional, optionalGroup }: SettingRow, words: TableWords): string {
  if (preset !== undefined) return code(preset);
  if (optional) return words.none;
  return optionalGroup === undefined ? words.required : words.requiredIn(code(optionalGroup));
}

/** Text in which no character means anything to Markdown. */
const plain = (text: string): string => text.replace(/[\\`*_<|[\]]/g, "\\$&");

/** Text as code; a pipe would end the cell even there. */
const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

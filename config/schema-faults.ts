import type * as z from "zod";
import type { Fault } from "./fault";
import { nearest } from "./nearest";
import { dotted, valueAt, type Path } from "./path";
import { groupRemedy, valueRemedy } from "./remedies";
import { listSettings, type SettingRow } from "./settings";

type Issue = z.core.$ZodIssue;

/** Turns what zod found into faults in the user's words, one for each place; `settings` are those of its schema. */
export function schemaFaults(issues: readonly Issue[], input: unknown, settings = listSettings()): Fault[] {
  const faults = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownSetting([...issue.path, key], input, settings))
      : [wrongValue(issue.path, input, settings)],
  );
  return faults.filter(({ path }, index) => faults.findIndex((other) => other.path === path) === index);
}

function unknownSetting(path: Path, input: unknown, settings: readonly SettingRow[]): Fault {
  const siblings = siblingsOf(path, input, settings);
  const allowed = siblings.length > 0 ? siblings.join(", ") : (ownerOf(path, input, settings)?.allowed ?? "nothing");
  return { path: dotted(path), got: valueAt(input, path), allowed, remedy: unknownRemedy(path, siblings, settings) };
}

function unknownRemedy(path: Path, siblings: readonly string[], settings: readonly SettingRow[]): string {
  const [place, kind] = Object.entries(settings.find((row) => row.path === dotted(path))?.choices ?? {}).at(-1) ?? [];
  if (place !== undefined) return `remove it: it is a setting of ${place}.kind "${kind ?? ""}"`;
  const meant = nearest(String(path.at(-1)), siblings);
  return meant === undefined
    ? "remove it: there is no such setting"
    : `there is no such setting; did you mean ${meant}?`;
}

/** Names of the settings that may stand beside one. */
function siblingsOf(path: Path, input: unknown, settings: readonly SettingRow[]): string[] {
  const parent = path.length === 1 ? "" : `${dotted(path.slice(0, -1))}.`;
  const rows = settings.filter((row) => row.path.startsWith(parent) && fits(row, input));
  return [...new Set(rows.map((row) => row.path.slice(parent.length).split(".")[0] ?? ""))];
}

function wrongValue(path: Path, input: unknown, settings: readonly SettingRow[]): Fault {
  const row = ownerOf(path, input, settings);
  const got = valueAt(input, path);
  const faulty = { path: path.length === 0 ? "the whole environment" : dotted(path), got };
  if (row !== undefined && row.type !== "group") {
    const whole = row.path === dotted(path);
    return { ...faulty, allowed: row.allowed, remedy: valueRemedy(got, row, whole) };
  }
  const choice = settings.find((other) => other.path === dotted([...path, "kind"]));
  if (choice !== undefined)
    return { ...faulty, allowed: `{ kind: one of ${choice.allowed}; … }`, remedy: groupRemedy(got, choice.words) };
  const names = siblingsOf([...path, ""], input, settings);
  return { ...faulty, allowed: `{ … } with any of ${names.join(", ")}`, remedy: groupRemedy(got, []) };
}

/** The setting to which a path belongs: `pgpool.exposure.allowedCidrs.0` belongs to `allowedCidrs`. */
function ownerOf(path: Path, input: unknown, settings: readonly SettingRow[]): SettingRow | undefined {
  const names = path.map((_, index) => dotted(path.slice(0, path.length - index)));
  return names.flatMap((name) => settings.filter((row) => row.path === name && fits(row, input))).at(0);
}

/** Whether a row is about the kinds that the user has chosen. */
const fits = (row: SettingRow, input: unknown): boolean =>
  Object.entries(row.choices).every(([path, kind]) => valueAt(input, [...path.split("."), "kind"]) === kind);

import type * as z from "zod";
import type { Fault } from "./fault";
import { nearest } from "./nearest";
import { listSettings, type SettingRow } from "./settings";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** The value at a path of what the user wrote. */
export function valueAt(input: unknown, path: Path): unknown {
  return path.reduce((value, key) => (isObject(value) ? value[key] : undefined), input);
}

/** Turns what zod found into faults in the user's words; `settings` are those of the schema that was checked. */
export function schemaFaults(issues: readonly Issue[], input: unknown, settings = listSettings()): Fault[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownSetting([...issue.path, key], input, settings))
      : [wrongValue(issue.path, input, settings)],
  );
}

function unknownSetting(path: Path, input: unknown, settings: readonly SettingRow[]): Fault {
  const siblings = siblingsOf(path, input, settings);
  const meant = nearest(String(path.at(-1)), siblings);
  return {
    path: dotted(path),
    got: valueAt(input, path),
    allowed: siblings.join(", "),
    remedy:
      meant === undefined ? "remove it: there is no such setting" : `there is no such setting; did you mean ${meant}?`,
  };
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
  return {
    path: dotted(path),
    got,
    allowed: row?.allowed ?? `a group with ${siblingsOf([...path, ""], input, settings).join(", ")}`,
    remedy: remedyFor(got),
  };
}

/** The setting to which a path belongs: `pgpool.exposure.allowedCidrs.0` belongs to `allowedCidrs`. */
function ownerOf(path: Path, input: unknown, settings: readonly SettingRow[]): SettingRow | undefined {
  const names = path.map((_, index) => dotted(path.slice(0, path.length - index)));
  return names.flatMap((name) => settings.filter((row) => row.path === name && fits(row, input))).at(0);
}

/** Whether a row is about the kinds that the user has chosen. */
const fits = (row: SettingRow, input: unknown): boolean =>
  Object.entries(row.choices).every(([path, kind]) => {
    const chosen = valueAt(input, [...path.split("."), "kind"]);
    return chosen === kind || (chosen === undefined && valueAt(input, path.split(".")) === undefined);
  });

function remedyFor(got: unknown): string {
  if (got === undefined) return "add it: it has no default";
  if (typeof got === "string" && got !== "" && !Number.isNaN(Number(got)))
    return `write ${got} without quotes if a number is meant`;
  return "write one of the allowed values";
}

const isObject = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === "object" && value !== null;

/** How a path is written in messages. */
export const dotted = (path: Path): string => path.map(String).join(".");

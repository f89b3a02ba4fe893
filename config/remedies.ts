import { nearest } from "./nearest";
import type { SettingRow } from "./settings";

const missing = "add it: it has no default";
const general = "change it to an allowed value";
/** Texts that look like a value of another type, by that type. */
const unquoted: Readonly<Record<string, RegExp>> = { number: /^-?\d+(\.\d+)?$/, boolean: /^(true|false)$/ };

/** What to do about a value that its setting does not take; `whole` unless only a part of the value is at fault. */
export function valueRemedy(got: unknown, { type, words }: SettingRow, whole: boolean): string {
  if (got === undefined) return missing;
  if (whole && type.startsWith("list")) return Array.isArray(got) ? general : "write a list: [ … ]";
  if (type === "string" && typeof got === "number") return `write it in quotes: "${got}"`;
  if (typeof got !== "string") return general;
  if (unquoted[type]?.test(got) === true) return `write ${got} without quotes`;
  const meant = nearest(got, words);
  return meant === undefined ? general : `did you mean "${meant}"?`;
}

/** What to do about something else where a group of settings belongs; `kinds` are those that it may have. */
export function groupRemedy(got: unknown, kinds: readonly string[]): string {
  if (got === undefined) return missing;
  if (typeof got !== "string") return "write a group of settings: { … }";
  const kind = nearest(got, kinds);
  return kind === undefined
    ? "write a group of settings: { … }"
    : `write { kind: "${kind}" }, with what that kind needs`;
}

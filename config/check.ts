import type * as z from "zod";
import type { Fault } from "./fault";
import { dotted, isObject, valueAt, type Path } from "./path";
import type { Rule } from "./rules/rule";
import { schemaFaults } from "./schema-faults";
import { listSettings } from "./settings";

/** What came of a check: all faults, or the settings with all defaults. */
export type Checked<T> = { readonly faults: readonly Fault[] } | { readonly settings: T };

/** Checks what a person wrote: its settings one by one by the schema, and by the rules how they fit together. */
export function check<S extends z.ZodObject>(
  schema: S,
  rules: readonly Rule<z.output<S>>[],
  input: unknown,
): Checked<z.output<S>> {
  const result = schema.safeParse(input);
  if (!result.success) {
    const { issues } = result.error;
    const between = ruleFaults(schema, rules, input, issues.flatMap(faultyPaths));
    return { faults: [...schemaFaults(issues, input, listSettings(schema)), ...between] };
  }
  const faults = rules.flatMap((rule) => rule.check(result.data));
  return faults.length > 0 ? { faults } : { settings: result.data };
}

interface Issue {
  readonly path: Path;
  readonly keys?: readonly string[];
}

const faultyPaths = (issue: Issue): Path[] =>
  issue.keys === undefined ? [issue.path] : issue.keys.map((key) => [...issue.path, key]);

/** Faults between settings, of those rules that read nothing faulty: so that one report holds all it can. */
function ruleFaults<S extends z.ZodObject>(
  schema: S,
  rules: readonly Rule<z.output<S>>[],
  input: unknown,
  faulty: readonly Path[],
): Fault[] {
  const repaired = faulty.reduce(without, input);
  const valid: Record<string, unknown> = {};
  const sections: Readonly<Record<string, z.ZodType>> = schema.shape;
  for (const [name, section] of Object.entries(sections)) {
    const result = section.safeParse(valueAt(repaired, [name]));
    if (result.success) valid[name] = result.data;
  }
  const names = faulty.map(dotted);
  return rules
    .filter(({ reads }) => reads.every((path) => isWhole(path, valid, names)))
    .flatMap((rule) => rule.check(valid as z.output<S>));
}

/** Whether a setting that a rule reads is there, and neither in something faulty nor around it. */
function isWhole(path: string, valid: object, faulty: readonly string[]): boolean {
  const [section = ""] = path.split(".");
  const touched = faulty.some((name) => `${name}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${name}.`));
  return section in valid && !touched;
}

/** A copy of a value without the setting at a path; a list with a faulty element goes as a whole. */
function without(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined || !isObject(value) || Array.isArray(value)) return undefined;
  const others = Object.entries(value).filter(([name]) => name !== String(key));
  const inner = rest.length === 0 ? undefined : without(value[key], rest);
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]]);
}

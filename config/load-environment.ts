import { environments } from "./environments/index";
import { ConfigurationError, type Fault } from "./fault";
import { nearest } from "./nearest";
import { dotted, isObject, valueAt, type Path } from "./path";
import { rules, type Rule } from "./rules/index";
import { schemaFaults } from "./schema-faults";
import { environmentSchema, type Environment, type Settings } from "./schema/environment";

/**
 * Form of an environment's name: short, because it begins every AWS name (32 characters for a load balancer); AWS keeps
 * names of load balancers in `internal-` and of security groups in `sg-` for itself.
 */
const namePattern = /^(?!(internal|sg)(-|$))[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** @throws {@link ConfigurationError} for an unknown name, or with everything that is wrong in its file. */
export function loadEnvironment(name: string): Environment {
  const input = Object.hasOwn(environments, name) ? environments[name] : undefined;
  if (input === undefined) {
    const known = Object.keys(environments);
    const meant = nearest(name, known);
    throw new ConfigurationError("The name of the environment", [
      {
        path: "PGPOOL_ENVIRONMENT or --environment",
        got: name,
        allowed: known.join(", "),
        remedy:
          meant === undefined ? "choose one of these, or add config/environments/<name>.ts" : `did you mean ${meant}?`,
      },
    ]);
  }
  return parseEnvironment(name, input);
}

/**
 * Checks an environment: its settings one by one, and how they fit together.
 *
 * @throws {@link ConfigurationError} with all faults at once.
 */
export function parseEnvironment(name: string, input: unknown): Environment {
  const result = environmentSchema.safeParse(input);
  const faults = result.success
    ? rules.flatMap((rule) => rule.check(result.data))
    : [...schemaFaults(result.error.issues, input), ...ruleFaultsOf(input, result.error.issues.flatMap(faultyPaths))];
  const all = [...nameFaults(name), ...faults];
  if (all.length > 0 || !result.success) throw new ConfigurationError(`config/environments/${name}.ts`, all);
  return { name, ...result.data };
}

function nameFaults(name: string): Fault[] {
  if (namePattern.test(name) && name.length >= 2 && name.length <= 12) return [];
  const allowed =
    "2 to 12 lower-case letters, digits or single hyphens, starting with a letter, not with internal- or sg-";
  return [{ path: "name of the file", got: name, allowed, remedy: "rename the file and its entry in index.ts" }];
}

interface Issue {
  readonly path: Path;
  readonly keys?: readonly string[];
}

const faultyPaths = (issue: Issue): Path[] =>
  issue.keys === undefined ? [issue.path] : issue.keys.map((key) => [...issue.path, key]);

/** Faults between settings, of those rules that read nothing faulty: so that one report holds all it can. */
function ruleFaultsOf(input: unknown, faulty: readonly Path[]): Fault[] {
  const repaired = faulty.reduce(without, input);
  const valid: Partial<Settings> = {};
  for (const [name, schema] of Object.entries(environmentSchema.shape)) {
    const result = schema.safeParse(valueAt(repaired, [name]));
    if (result.success) Object.assign(valid, { [name]: result.data });
  }
  const names = faulty.map(dotted);
  return rules.filter((rule) => isCheckable(rule, valid, names)).flatMap((rule) => rule.check(valid as Settings));
}

function isCheckable(rule: Rule, valid: Partial<Settings>, faulty: readonly string[]): boolean {
  return rule.reads.every((path) => {
    const [section = ""] = path.split(".");
    const touched = faulty.some((name) => `${name}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${name}.`));
    return section in valid && !touched;
  });
}

/** A copy of a value without the setting at a path; a list with a faulty element goes as a whole. */
function without(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined || !isObject(value) || Array.isArray(value)) return undefined;
  const others = Object.entries(value).filter(([name]) => name !== String(key));
  const inner = rest.length === 0 ? undefined : without(value[key], rest);
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]]);
}

import { check } from "./check";
import { environments } from "./environments/index";
import { ConfigurationError, type Fault } from "./fault";
import { nearest } from "./nearest";
import { rules } from "./rules/index";
import { environmentSchema, type Environment } from "./schema/environment";
import { presetClients } from "./sizing";

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
  const checked = check(environmentSchema, rules, input);
  const faults = [...nameFaults(name), ...("faults" in checked ? checked.faults : [])];
  if ("faults" in checked || faults.length > 0) {
    throw new ConfigurationError(`config/environments/${name}.ts`, faults);
  }
  const { settings } = checked;
  const { pgpool } = settings;
  return {
    name,
    ...settings,
    pgpool: { ...pgpool, clientsPerNode: pgpool.clientsPerNode ?? presetClients(settings) },
  };
}

function nameFaults(name: string): Fault[] {
  if (namePattern.test(name) && name.length >= 2 && name.length <= 12) return [];
  const allowed =
    "2 to 12 lower-case letters, digits or single hyphens, starting with a letter, not with internal- or sg-";
  return [{ path: "name of the file", got: name, allowed, remedy: "rename the file and its entry in index.ts" }];
}

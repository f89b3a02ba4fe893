import * as z from "zod";
import { check } from "../../config/check";
import { ConfigurationError, type Fault } from "../../config/fault";
import { setting, text } from "../../config/schema/leaf";
import { type StackName, stackNames } from "../../config/state";
import { type DangerName, dangerNames } from "../dangers/all-dangers";

/** Somebody answers for one dangerous change, for a while. */
export interface Acknowledgement {
  readonly environment: string;
  /** @default - whichever stack the address is in */
  readonly stack?: StackName;
  /** The resource, as Terraform calls it. */
  readonly address: string;
  readonly danger: DangerName;
  readonly reason: string;
  /** The last day on which it counts, YYYY-MM-DD in UTC. */
  readonly expires: string;
}

/** Where they are kept. */
export const acknowledgementsFile = "acknowledgements.json";

const words = (list: readonly string[]): string => list.map((word) => `"${word}"`).join(", ");

const schemaFor = (environments: readonly string[]) =>
  z.strictObject({
    environment: setting(z.enum(environments), "Environment whose plan has it.", words(environments)),
    stack: setting(z.enum(stackNames), "Stack that the resource is in.", words(stackNames)).optional(),
    address: text(
      /^\S+$/,
      "The resource.",
      "an address as the plan prints it, such as aws_rds_cluster.aurora_cluster_1A2B",
    ),
    danger: setting(z.enum(dangerNames), "The danger.", words(dangerNames)),
    reason: text(/^(?=.*\S.{9})[^\n]*$/, "Why it is right.", "one line of at least ten letters"),
    expires: setting(z.iso.date(), "Last day on which it counts.", "a day as YYYY-MM-DD"),
  });

/**
 * Reads acknowledgements.json.
 *
 * @param environments - names of those that there are.
 * @throws {@link ConfigurationError} with everything that is wrong in it.
 */
export function parseAcknowledgements(file: string, environments: readonly string[]): readonly Acknowledgement[] {
  const entries = listOf(file);
  const schema = schemaFor(environments);
  const checked = entries.map((entry) => check(schema, [], entry));
  const faults = checked.flatMap((one, index) =>
    "faults" in one ? one.faults.map((fault) => ({ ...fault, path: placeOf(index, fault.path) })) : [],
  );
  if (faults.length > 0) throw new ConfigurationError(acknowledgementsFile, faults);
  return checked.flatMap((one) => ("settings" in one ? [one.settings] : []));
}

/** The checks speak of an environment's file where an entry as a whole is at fault. */
const placeOf = (index: number, path: string): string =>
  path === "the whole environment" ? `entry ${index + 1}` : `entry ${index + 1}, ${path}`;

function listOf(file: string): readonly unknown[] {
  const allowed = "a list of { environment, stack, address, danger, reason, expires }";
  const fault = (got: unknown, remedy: string): Fault => ({ path: "the whole file", got, allowed, remedy });
  let json: unknown;
  try {
    json = JSON.parse(file);
  } catch (error) {
    throw new ConfigurationError(acknowledgementsFile, [
      fault((error as Error).message, "write JSON; [] if there are none"),
    ]);
  }
  if (Array.isArray(json)) return json;
  throw new ConfigurationError(acknowledgementsFile, [fault(json, "put the entries into [ … ]")]);
}

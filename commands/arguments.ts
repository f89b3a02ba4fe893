import { parseArgs } from "node:util";
import { UsageError } from "./report-error";

/**
 * Reads the command line: options with a value, no others.
 *
 * @returns undefined when only help was asked for, which is then printed.
 * @throws {@link UsageError} for anything that the command does not know.
 */
export function readArguments<const N extends string>(
  help: string,
  names: readonly N[],
): Partial<Record<N, string>> | undefined {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" }] as const));
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: "boolean" } } });
    if (values.help !== true) return values as Partial<Record<N, string>>;
    console.log(help);
    return undefined;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${help}`);
  }
}

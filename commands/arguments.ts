import { parseArgs } from "node:util";
import { UsageError } from "./report-error";

/**
 * Reads the command line: options with a value, switches, no others.
 *
 * @returns undefined when only help was asked for, which is then printed.
 * @throws {@link UsageError} for anything that the command does not know.
 */
export function readArguments<const N extends string = never, const S extends string = never>(
  help: string,
  names: readonly N[],
  switches: readonly S[] = [],
): (Partial<Record<N, string>> & Partial<Record<S, boolean>>) | undefined {
  const valued = Object.fromEntries(names.map((name) => [name, { type: "string" }] as const));
  const switched = Object.fromEntries(switches.map((name) => [name, { type: "boolean" }] as const));
  try {
    const { values } = parseArgs({ options: { ...valued, ...switched, help: { type: "boolean" } } });
    if (values.help !== true) return values as Partial<Record<N, string>> & Partial<Record<S, boolean>>;
    console.log(help);
    return undefined;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${help}`);
  }
}

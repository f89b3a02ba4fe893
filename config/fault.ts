import { inspect } from "node:util";

/** One thing that is wrong with a configuration, in the user's words. */
export interface Fault {
  /** Dotted path of the setting, as it is written in the file. */
  readonly path: string;
  /** What was written there. */
  readonly got: unknown;
  readonly allowed: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Thrown once with everything that is wrong; its message is all that a user needs to see. */
export class ConfigurationError extends Error {
  constructor(
    source: string,
    readonly faults: readonly Fault[],
  ) {
    const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
    super(`${source} has ${count}; nothing was written.\n\n${faults.map(describe).join("\n\n")}\n`);
    this.name = "ConfigurationError";
  }
}

function describe({ path, got, allowed, remedy }: Fault): string {
  return [path, `  got      ${written(got)}`, `  allowed  ${allowed}`, `  do       ${remedy}`].join("\n");
}

/** A value as a person would write it; what JSON has no words for (NaN, a function), as Node.js shows it. */
function written(got: unknown): string {
  if (got === undefined) return "nothing";
  if (typeof got !== "string" && typeof got !== "object") return inspect(got);
  try {
    return JSON.stringify(got);
  } catch {
    return inspect(got, { breakLength: Infinity });
  }
}

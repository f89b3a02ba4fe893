import type { Fault } from "../fault";
import type { Settings } from "../schema/environment";

/** Something that must hold between several settings: of an environment, or of another configuration. */
export interface Rule<S = Settings> {
  /** Paths of the settings it looks at: it is not asked while one of them is faulty. */
  readonly reads: readonly string[];
  check(settings: S): Fault[];
}

/** The values that stand more than once in a list, each once. */
export const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];

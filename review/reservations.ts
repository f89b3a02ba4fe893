import type { StackName } from "../config/state";

/** What a stack reads of another one's state. */
export interface Read {
  readonly producer: StackName;
  /** Names of outputs. */
  readonly outputs: readonly string[];
}

/** What is known of a stack when one that reads it is planned. */
export interface Producer {
  /** Whether it was ever applied: only then are there values to read. */
  readonly applied: boolean;
  /** Outputs that its own plan changes; none if it was not planned. */
  readonly changedOutputs: readonly string[];
  /** Why its own plan may not be applied as it is. */
  readonly reservations: readonly string[];
}

/** What a stack reads, from its synthesized JSON alone. */
export function readsOf(json: string, producers: readonly StackName[]): readonly Read[] {
  return producers.flatMap((producer) => {
    const found = json.matchAll(
      new RegExp(`data\\.terraform_remote_state\\.${producer}-state\\.outputs\\.(\\w+)`, "g"),
    );
    const outputs = [...new Set([...found].map(([, output = ""]) => output))].sort();
    return outputs.length === 0 ? [] : [{ producer, outputs }];
  });
}

/** Why a plan is for reading only: what it was computed from will not be what is there when it is applied. */
export function reservationsOf(reads: readonly Read[], producers: ReadonlyMap<StackName, Producer>): readonly string[] {
  return reads.flatMap(({ producer, outputs }) => {
    const known = producers.get(producer);
    if (known === undefined) return [];
    if (!known.applied) return [`planned with stand-ins for the outputs of ${producer}, which was never applied`];
    const moved = outputs.filter((output) => known.changedOutputs.includes(output));
    if (moved.length > 0) return [`planned from old values: the plan of ${producer} changes ${moved.join(", ")}`];
    return known.reservations.length === 0
      ? []
      : [`planned from old values: ${producer} itself is planned again after its own producers`];
  });
}

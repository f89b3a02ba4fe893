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
  const missing = reads.map(({ producer }) => producer).filter((one) => producers.get(one)?.applied === false);
  const old = reads.filter(({ producer }) => !missing.includes(producer));
  return [
    ...(missing.length === 0 ? [] : [`planned with stand-ins (${standIns}): ${missing.join(" and ")} never applied`]),
    ...old.flatMap((read) => oldValues(read, producers.get(read.producer))),
  ];
}

/** How to know them (contracts/stand-in.ts). */
const standIns = 'ids of zeros, names with "stand-in"';

function oldValues({ producer, outputs }: Read, known: Producer | undefined): readonly string[] {
  const moved = outputs.filter((output) => known?.changedOutputs.includes(output));
  if (moved.length > 0) return [`planned from old values: the plan of ${producer} changes ${moved.join(", ")}`];
  if (known === undefined || known.reservations.length === 0) return [];
  return [`planned from old values: ${producer} itself is planned again after its own producers`];
}

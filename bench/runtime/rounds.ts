import { type Cell, cells, nameOf } from "./cells";
import type { Contender } from "./contenders";
import { pgbench } from "./pgbench";
import { percentile } from "./statistics";

export interface RoundOptions {
  readonly rounds: number;
  /** Of each run. */
  readonly seconds: number;
  readonly quick: boolean;
}

/** What all rounds gave for one contender in one cell. */
export interface Measured {
  readonly cell: Cell;
  readonly contender: string;
  /** Transactions in a second, of each round. */
  readonly tps: readonly number[];
  /** Milliseconds, of all rounds together; absent where pgbench does not say them. */
  readonly latency?: { readonly p50: number; readonly p95: number; readonly p99: number };
}

/** Measures every contender in every cell, one after the other in each round, so that what disturbs hits them alike. */
export async function measureRounds(
  contenders: readonly Contender[],
  { rounds, seconds, quick }: RoundOptions,
  tell: (line: string) => void,
): Promise<Measured[]> {
  const tps = new Map<string, number[]>();
  const latencies = new Map<string, number[][]>();
  const pairs = cells(quick).flatMap((cell) =>
    contenders.filter(({ measures }) => measures?.(cell) ?? true).map((contender) => ({ cell, contender })),
  );
  for (let round = 1; round <= rounds; round += 1) {
    // Each second round backwards: whoever comes after another in one comes before it in the next.
    for (const { cell, contender } of round % 2 === 1 ? pairs : [...pairs].reverse()) {
      const key = `${nameOf(cell)} ${contender.name}`;
      const run = await pgbench(contender.connection, cell, seconds);
      tps.set(key, [...(tps.get(key) ?? []), run.tps]);
      latencies.set(key, [...(latencies.get(key) ?? []), [...run.latencies]]);
      tell(`round ${round}/${rounds}  ${key.padEnd(44)} ${run.tps.toFixed(0).padStart(7)} tps`);
    }
  }
  return pairs.map(({ cell, contender: { name } }) => {
    const key = `${nameOf(cell)} ${name}`;
    const all = (latencies.get(key) ?? []).flat();
    const latency = {
      p50: percentile(all, 0.5),
      p95: percentile(all, 0.95),
      p99: percentile(all, 0.99),
    };
    return { cell, contender: name, tps: tps.get(key) ?? [], latency: all.length === 0 ? undefined : latency };
  });
}

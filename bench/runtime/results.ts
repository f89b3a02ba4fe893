import type { Cost } from "./costs";
import type { GuardOverhead } from "./guard-overhead";
import type { Measured } from "./rounds";
import type { SessionsMemory } from "./sessions-memory";
import { ratios, type Spread } from "./statistics";

/** Everything that one run of the benchmark has found. */
export interface Results {
  readonly command: string;
  readonly machine: Readonly<Record<string, string>>;
  readonly says: Readonly<Record<string, string>>;
  readonly measured: readonly Measured[];
  readonly costs: readonly Cost[];
  readonly guard: GuardOverhead;
  readonly memory: readonly SessionsMemory[];
  /** Seconds. */
  readonly boot: Spread;
}

/** What ours is held to, cell by cell, with TLS on both sides. */
export const goals = [
  { to: "replaced", least: 1, says: "at least the replaced system's clear text" },
  { to: "pgbouncer", least: 0.9, says: "at least 0.9 of pgbouncer's with TLS" },
] as const;

/** Cell by cell, how one contender does against another; cells that only one of them has are left out. */
export function compare(measured: readonly Measured[], of: string, to: string) {
  return measured.flatMap(({ cell, contender, tps }) => {
    if (contender !== of) return [];
    const other = measured.find((row) => row.contender === to && row.cell === cell);
    return other === undefined ? [] : [{ cell, ratio: ratios(tps, other.tps) }];
  });
}

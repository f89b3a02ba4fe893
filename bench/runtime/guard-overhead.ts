import type { Lab } from "../../lab/lab";
import type { Contender } from "./contenders";
import { pgbench } from "./pgbench";
import { cpuSeconds } from "./processes";
import { ratios, type Spread } from "./statistics";

export interface GuardOverhead {
  /** Throughput with the guard to that without it, of pairs of runs. */
  readonly ratio: Spread;
  readonly pairs: number;
  /** Share of one core that the guard has had, with the commands that it runs. */
  readonly cpuShare: number;
}

/** Runs the same load with the guard at work and with a guard that is stopped where it stands, in turns. */
export async function measureGuard(lab: Lab, ours: Contender, pairs: number, seconds: number): Promise<GuardOverhead> {
  const { guard } = lab.node;
  const cell = { workload: "select", clients: 16 } as const;
  const tps = { with: [] as number[], without: [] as number[] };
  let [cpu, wall] = [0, 0];
  for (let pair = 0; pair < pairs; pair += 1) {
    // Who comes first changes, as what came before may still be in the caches.
    for (const which of pair % 2 === 0 ? (["with", "without"] as const) : (["without", "with"] as const)) {
      guard.kill(which === "with" ? "SIGCONT" : "SIGSTOP");
      const before = { cpu: cpuSeconds(guard.pid ?? 0), at: performance.now() };
      tps[which].push((await pgbench(ours.connection, cell, seconds)).tps);
      if (which === "without") continue;
      cpu += cpuSeconds(guard.pid ?? 0) - before.cpu;
      wall += (performance.now() - before.at) / 1000;
    }
  }
  guard.kill("SIGCONT");
  return { ratio: ratios(tps.with, tps.without), pairs, cpuShare: cpu / wall };
}

import type { Lab } from "../../lab/lab";
import { type Cell, nameOf } from "./cells";
import type { Contender } from "./contenders";
import { pgbench } from "./pgbench";
import { cpuSeconds } from "./processes";

/** CPU that one transaction takes of each side, in microseconds. */
export interface Cost {
  readonly cell: string;
  readonly contender: string;
  readonly says: string;
  readonly pooler: number;
  readonly database: number;
}

const costCells: readonly Cell[] = [
  { workload: "select", clients: 16 },
  { workload: "reconnect", clients: 16 },
];

/** What dominates: the kernel's account of the pooler's processes and of the servers', for each transaction. */
export async function measureCosts(lab: Lab, contenders: readonly Contender[], seconds: number): Promise<Cost[]> {
  const { one, two } = lab.cluster.servers;
  const database = (): number => cpuSeconds(one.pid) + cpuSeconds(two.pid);
  const costs: Cost[] = [];
  for (const cell of costCells) {
    for (const { name, says, connection, pid } of contenders) {
      const pooler = (): number => (pid === undefined ? 0 : cpuSeconds(pid));
      const before = { pooler: pooler(), database: database() };
      const { tps } = await pgbench(connection, cell, seconds);
      const each = (spent: number): number => (spent / (tps * seconds)) * 1e6;
      costs.push({
        cell: nameOf(cell),
        contender: name,
        says,
        pooler: each(pooler() - before.pooler),
        database: each(database() - before.database),
      });
    }
  }
  return costs;
}

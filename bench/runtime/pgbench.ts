import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { labFolder, must } from "../../lab/machine";
import { type Cell, workloads } from "./cells";
import { database, password, roleOf } from "./logins";

/** pgbench counts from the start, connecting included: this many clients connect within a second. */
const clientsPerSecond = 64;

/** What one run gave. */
export interface Run {
  /** Transactions in a second; without the time to connect, but for those that reconnect. */
  readonly tps: number;
  /** Of each transaction, in milliseconds; none for those that reconnect, where pgbench leaves the connection out. */
  readonly latencies: readonly number[];
}

/** Runs pgbench against a libpq connection. */
export async function pgbench(connection: string, cell: Cell, seconds: number): Promise<Run> {
  const folder = mkdtempSync(join(labFolder, "pgbench-"));
  const clients = ["-c", String(cell.clients), "-j", String(Math.min(cell.clients, 2))];
  const log = ["--log", `--log-prefix=${join(folder, "log")}`];
  const connecting = cell.workload === "reconnect" ? 0 : Math.floor(cell.clients / clientsPerSecond);
  const duration = ["-n", "-T", String(seconds + connecting)];
  const options = [...workloads[cell.workload].options, ...clients, ...log, ...duration];
  try {
    const parameters = [...options, `${connection} user=${roleOf(cell)} dbname=${database}`];
    const printed = await must("pgbench", parameters, {
      environment: { PGPASSWORD: password, PGCONNECT_TIMEOUT: "30" },
      seconds: seconds + 60,
    });
    return { tps: tpsOf(printed), latencies: cell.workload === "reconnect" ? [] : latenciesOf(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Transactions in a second, of pgbench's report.
 *
 * @throws when a transaction failed, or there is no such line: a figure of a failed run means nothing.
 */
export function tpsOf(report: string): number {
  const found = /^tps = ([\d.]+)/m.exec(report)?.[1];
  const failed = Number(/^number of failed transactions: (\d+)/m.exec(report)?.[1] ?? 0);
  if (found === undefined || failed > 0) throw new Error(`pgbench did not measure:\n${report}`);
  return Number(found);
}

function latenciesOf(folder: string): number[] {
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"));
  return lines.map((line) => Number(line.split(" ")[2]) / 1000);
}

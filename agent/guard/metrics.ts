import { renameSync, writeFileSync } from "node:fs";
import type { Sessions } from "../pcp-output";
import type { AuroraServers } from "./aurora-servers";
import type { Backend, BackendState } from "./observation";

/** What the guard tells of itself and of the node; counters start at 0 with the process. */
export interface GuardMetrics {
  /** When it was written; one that is old means that the guard does not run. */
  readonly at: string;
  readonly loopMilliseconds: number;
  readonly writer: string | null;
  /** Servers by what they answered. */
  readonly answering: number;
  readonly silent: number;
  /** As Aurora itself names them; null where the database is not Aurora. */
  readonly aurora: AuroraServers | null;
  /** Whether reads go to a reader: the best of all backends. */
  readonly readerBackend: BackendState;
  readonly readers: readonly Pick<Backend, "name" | "state" | "why">[];
  /** Instances that Pgpool-II has no backend for; where each reader has its own. */
  readonly readersWithoutBackend: number;
  readonly sessions: Sessions | null;
  /** Clients that were turned away because the node was full; its own health checks count too. */
  readonly refusedClients: number;
  readonly roleChanges: number;
  readonly detached: number;
  readonly attached: number;
  readonly endedConnections: number;
  readonly cutConnections: number;
  readonly failedActions: number;
}

/** Whether any backend is used. */
export function bestOf(backends: readonly Backend[]): BackendState {
  const states = backends.map(({ state }) => state);
  if (states.includes("up")) return "up";
  return states.includes("down") ? "down" : "unknown";
}

/** Writes the metrics so that a reader sees the old file or the new one, never a part. */
export function writeMetrics(path: string, metrics: GuardMetrics): void {
  const fresh = `${path}.new`;
  writeFileSync(fresh, `${JSON.stringify(metrics)}\n`, { mode: 0o644 });
  renameSync(fresh, path);
}

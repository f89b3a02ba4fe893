import { countSessions, type Sessions, valuesOf } from "../pcp-output";
import { pcpPort, pcpUser } from "../../pgpool/pcp";
import type { Host } from "../host";
import { runCommand } from "../run-command";
import type { BackendState } from "./observation";

const seconds = 3;
const readerNode = "1";

/** Pgpool-II's control port: its socket takes no client's place, and it answers while servers are frozen. */
export class PgpoolControl {
  constructor(private readonly host: Host) {}

  /** From Pgpool's memory; `pcp_node_info` would connect to each backend. */
  async readerBackend(): Promise<BackendState> {
    const [state] = valuesOf(await this.pcp("pcp_health_check_stats", "-v", readerNode), "Status");
    return state === "up" || state === "down" ? state : state === "waiting" ? "up" : "unknown";
  }

  async detachReader(): Promise<void> {
    await this.pcp("pcp_detach_node", "-n", readerNode);
  }

  async attachReader(): Promise<void> {
    await this.pcp("pcp_attach_node", "-n", readerNode);
  }

  /** Ends Pgpool-II and its sessions; systemd starts it again a few times, and has the node replaced after that. */
  async stopPgpool(): Promise<void> {
    await this.pcp("pcp_stop_pgpool", "-m", "fast");
  }

  /** Sessions, and the processes that the database runs for the writer's backend. */
  async processes(): Promise<{ readonly sessions: Sessions; readonly writerPids: readonly number[] }> {
    const output = await this.pcp("pcp_proc_info", "-a", "-v");
    return { sessions: countSessions(output), writerPids: writerPids(output) };
  }

  private async pcp(command: string, ...more: string[]): Promise<string> {
    const connection = ["-h", this.host.paths.sockets, "-p", String(pcpPort), "-U", pcpUser, "-w"];
    const environment = { PCPPASSFILE: this.host.paths.guardPcpPassword };
    return (await runCommand(this.host, [command, ...connection, ...more], { seconds, environment })).stdout;
  }
}

/**
 * Ids of the database's processes that serve the writer's backend. An id that the reader's backend has too is left out:
 * on a server that is a reader now, it is the reader's.
 */
export function writerPids(output: string): number[] {
  const pids = valuesOf(output, "Backend PID").map(Number);
  const backends = valuesOf(output, "Backend ID");
  const of = (backend: string): number[] => pids.filter((pid, index) => backends[index] === backend && pid > 0);
  const readers = new Set(of("1"));
  return [...new Set(of("0"))].filter((pid) => !readers.has(pid));
}

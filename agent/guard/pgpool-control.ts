import { askPcp } from "../ask-pcp";
import { countSessions, type Sessions, valuesOf } from "../pcp-output";
import type { Host } from "../host";
import type { BackendState } from "./observation";

const seconds = 3;

/** Pgpool-II's control port: its socket takes no client's place, and it answers while servers are frozen. */
export class PgpoolControl {
  constructor(private readonly host: Host) {}

  /** From Pgpool's memory; `pcp_node_info` would connect to each backend. */
  async backend(id: number): Promise<{ readonly state: BackendState; readonly host: string | undefined }> {
    const output = await this.pcp("pcp_health_check_stats", "-v", String(id));
    const [status] = valuesOf(output, "Status");
    const state = status === "up" || status === "down" ? status : status === "waiting" ? "up" : "unknown";
    return { state, host: valuesOf(output, "Host Name")[0] };
  }

  async detach(id: number): Promise<void> {
    await this.pcp("pcp_detach_node", "-n", String(id));
  }

  async attach(id: number): Promise<void> {
    await this.pcp("pcp_attach_node", "-n", String(id));
  }

  /** Ends Pgpool-II and its sessions; systemd starts it again a few times, and has the node replaced after that. */
  async stopPgpool(): Promise<void> {
    await this.pcp("pcp_stop_pgpool", "-m", "fast");
  }

  /** How full the node is. */
  async sessions(): Promise<Sessions> {
    return countSessions(await this.pcp("pcp_proc_info", "-a", "-v"));
  }

  /** See {@link writerPids}. */
  async writerPids(readers: readonly number[]): Promise<readonly number[]> {
    return writerPids(await this.pcp("pcp_proc_info", "-a", "-v"), readers);
  }

  private pcp(command: string, ...more: string[]): Promise<string> {
    return askPcp(this.host, { passwordFile: this.host.paths.guardPcpPassword, seconds }, command, ...more);
  }
}

/**
 * Ids of the database's processes that serve the writer's backend. An id that the backend of a reader has too is left
 * out: on a server that is a reader now, it is the reader's.
 *
 * @param readers - Backends whose connections may lead to that server.
 */
export function writerPids(output: string, readers: readonly number[]): number[] {
  const pids = valuesOf(output, "Backend PID").map(Number);
  const backends = valuesOf(output, "Backend ID");
  const of = (id: number): number[] => pids.filter((pid, index) => backends[index] === String(id) && pid > 0);
  const others = new Set(readers.flatMap(of));
  return [...new Set(of(0))].filter((pid) => !others.has(pid));
}

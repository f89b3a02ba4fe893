import { existsSync } from "node:fs";
import { pcpPort, pcpUser } from "../pgpool/pcp";
import type { Host } from "./host";
import { runCommand } from "./run-command";

/** How full a node is. */
export interface Sessions {
  /** Clients that are connected. */
  readonly used: number;
  /** Clients that it can serve. */
  readonly limit: number;
}

const pcp = async (host: Host, command: string, ...more: string[]): Promise<string> => {
  // The socket's folder as the host: nothing listens on the port.
  const connection = ["-h", host.paths.sockets, "-p", String(pcpPort), "-U", pcpUser, "-w"];
  const environment = { PCPPASSFILE: host.paths.pcpPassword };
  return (await runCommand(host, [command, ...connection, ...more], { seconds: 5, environment })).stdout;
};

/** Whether Pgpool-II runs, as far as its control socket tells. */
export const isRunning = ({ paths }: Host): boolean => existsSync(`${paths.sockets}/.s.PGSQL.${pcpPort}`);

/** The sessions of this node; asking takes no client's place. */
export async function sessions(host: Host): Promise<Sessions> {
  return countSessions(await pcp(host, "pcp_proc_info", "-a", "-v"));
}

/** Counts the children of `pcp_proc_info -a -v`, which shows each once for each backend of each slot. */
export function countSessions(output: string): Sessions {
  const pids = valuesOf(output, "PID");
  const states = valuesOf(output, "Status");
  const busy = new Set(pids.filter((_, index) => states[index] !== "Wait for connection"));
  return { used: busy.size, limit: new Set(pids).size };
}

/** The values of one title, in the order of the blocks that PCP's tools print. */
const valuesOf = (output: string, title: string): string[] =>
  [...output.matchAll(new RegExp(`^${title} *: (.*)$`, "gm"))].flatMap(([, value = ""]) => value.trim());

/** The reader's backend. */
const reader = ["-n", "1"];

/**
 * Attaches the reader's backend where it is detached.
 *
 * @returns whether it was.
 */
export async function attachReader(host: Host): Promise<boolean> {
  const [state] = valuesOf(await pcp(host, "pcp_node_info", "-v", ...reader), "Status Name");
  if (state !== "down") return false;
  await pcp(host, "pcp_attach_node", ...reader);
  return true;
}

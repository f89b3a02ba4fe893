import { existsSync } from "node:fs";
import { pcpPort } from "../pgpool/pcp";
import { askPcp } from "./ask-pcp";
import type { Host } from "./host";
import { countSessions, type Sessions, valuesOf } from "./pcp-output";

const pcp = (host: Host, command: string, ...more: string[]): Promise<string> =>
  askPcp(host, { passwordFile: host.paths.pcpPassword, seconds: 5 }, command, ...more);

/** Whether Pgpool-II runs, as far as its control socket tells. */
export const isRunning = ({ paths }: Host): boolean => existsSync(`${paths.sockets}/.s.PGSQL.${pcpPort}`);

/** The sessions of this node; asking takes no client's place. */
export async function sessions(host: Host): Promise<Sessions> {
  return countSessions(await pcp(host, "pcp_proc_info", "-a", "-v"));
}

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

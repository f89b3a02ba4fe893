import { pcpPort, pcpUser } from "../pgpool/pcp";
import type { Host } from "./host";
import { runCommand } from "./run-command";

/** Who asks Pgpool-II's control port, and how long that may take. */
export interface PcpAccess {
  /** The password file of the user that asks. */
  readonly passwordFile: string;
  readonly seconds: number;
}

/** Runs a command of PCP over the Unix socket, which takes no client's place; what it printed. */
export async function askPcp(host: Host, access: PcpAccess, command: string, ...more: string[]): Promise<string> {
  // The socket's folder as the host: nothing listens on the port.
  const connection = ["-h", host.paths.sockets, "-p", String(pcpPort), "-U", pcpUser, "-w"];
  const environment = { PCPPASSFILE: access.passwordFile };
  const { stdout } = await runCommand(host, [command, ...connection, ...more], {
    seconds: access.seconds,
    environment,
  });
  return stdout;
}

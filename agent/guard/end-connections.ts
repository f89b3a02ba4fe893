import type { Host } from "../host";
import { runCommand } from "../run-command";
import type { GuardSettings } from "./guard-settings";
import type { Probe } from "./probe";

/**
 * Ends those of this node's connections to a server that belong to the given processes; clients are told why, in SQL's
 * own way. The address keeps it from the processes of other nodes, which may have the same ids.
 */
export async function endProcesses(probe: Probe, settings: GuardSettings, pids: readonly number[]): Promise<number> {
  if (pids.length === 0) return 0;
  const text = `SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
    WHERE client_addr = inet_client_addr() AND pid = ANY($1::int[]) AND pid <> pg_backend_pid()`;
  const rows = await probe.query<{ ended: boolean }>(settings, text, [pids]);
  return rows.filter(({ ended }) => ended).length;
}

/** Connections to cut; see Action. */
interface Cut {
  readonly address: string;
  readonly which: "all" | "connecting";
}

/**
 * Cuts connections to a server that answers nothing, so that whoever waits for it gets an error.
 *
 * @returns how many were cut; `ss` ends well also where it was not allowed to, so its output is counted.
 */
export async function cutConnections(host: Host, { address, which }: Cut, port: number): Promise<number> {
  const server = ["dst", address, "dport", "=", `:${port}`];
  if (which === "all") return (await ss(host, ["--kill", ...server])).length;
  const ports = withoutAnswer(await ss(host, ["--info", "--oneline", ...server]));
  if (ports.length === 0) return 0;
  const these = ports.flatMap((local, index) => [...(index === 0 ? [] : ["or"]), "sport", "=", `:${local}`]);
  return (await ss(host, ["--kill", ...server, "and", "(", ...these, ")"])).length;
}

/** Local ports of those connections of `ss --info` on which nothing has ever come. */
export const withoutAnswer = (lines: readonly string[]): string[] =>
  lines
    .filter((line) => !/ bytes_received:[1-9]/.test(line))
    .flatMap((line) => /^\S+\s+\d+\s+\d+\s+\S+:(\d+)\s/.exec(line)?.[1] ?? []);

async function ss(host: Host, parameters: readonly string[]): Promise<string[]> {
  const { stdout } = await runCommand(host, ["ss", "--tcp", "--numeric", "--no-header", ...parameters], { seconds: 3 });
  return stdout.split("\n").filter((line) => line.trim() !== "");
}

import { parsePgpoolVersion, type PgpoolVersion } from "../pgpool/version";
import type { Host } from "./host";
import { runCommand } from "./run-command";

/** The version of the Pgpool-II on this machine; it says so on its standard error. */
export async function pgpoolVersion(host: Host): Promise<PgpoolVersion> {
  const { stdout, stderr } = await runCommand(host, ["pgpool", "--version"], { seconds: 10 });
  return parsePgpoolVersion(stdout + stderr);
}

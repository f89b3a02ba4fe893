import { cpus, release } from "node:os";
import { must } from "../../lab/machine";

/** What the figures hang on: never a name or a path of the machine. */
export async function machineFacts(): Promise<Record<string, string>> {
  const first = async (program: string, option = "--version"): Promise<string> =>
    (await must("sh", ["-c", `${program} ${option} 2>&1`])).trim().split("\n")[0] ?? "";
  const [cpu] = cpus();
  return {
    cores: String(cpus().length),
    CPU: cpu?.model.trim() ?? "unknown",
    kernel: release(),
    "Node.js": process.versions.node,
    PostgreSQL: (await first("postgres")).replace(/^postgres \(PostgreSQL\) /, ""),
    "Pgpool-II": (await first("pgpool")).replace(/^pgpool-II version /, ""),
    pgbouncer: (await first("pgbouncer")).replace(/^PgBouncer /, ""),
    OpenSSL: (await first("openssl", "version")).replace(/^OpenSSL (\S+).*$/, "$1"),
  };
}

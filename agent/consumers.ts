import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { NodePaths } from "../pgpool/paths";
import type { PgpoolVersion } from "../pgpool/version";
import type { Host } from "./host";
import { runCommand } from "./run-command";
import { reloadsCertificate } from "./server-identity";
import { root } from "./users";
import { writeFiles } from "./write-files";

/** A unit that must hear of a change of its files. */
interface Consumer {
  /** Name of the file that holds what the unit was last told of. */
  readonly memory: string;
  readonly unit: string;
  /** What is asked of systemd; it does nothing where the unit is not running. */
  readonly ask: readonly string[];
  readonly files: (paths: NodePaths) => readonly string[];
}

const consumers = (version: PgpoolVersion): readonly Consumer[] => [
  {
    memory: "pgpool-key",
    unit: "pgpool.service",
    // Read once at its start: with another key a reload would leave it with a password that it cannot decrypt.
    ask: ["--no-block", "try-restart"],
    files: (paths) => [paths.poolKey],
  },
  {
    memory: "pgpool",
    unit: "pgpool.service",
    ask: ["try-reload-or-restart"],
    files: (paths) => [paths.pgpoolConf, paths.poolHba],
  },
  {
    memory: "pgpool-certificate",
    unit: "pgpool.service",
    // A restart drains the node first; whose turn it is, server-identity.ts decides.
    ask: reloadsCertificate(version) ? ["try-reload-or-restart"] : ["--no-block", "try-restart"],
    files: (paths) => [paths.serverCertificate, paths.serverKey],
  },
  // Its password file is read at each probe, so a rotation needs nothing.
  {
    memory: "pgdoctor",
    unit: "pgdoctor.service",
    ask: ["--no-block", "try-restart"],
    files: (paths) => [paths.pgdoctorCfg],
  },
  {
    memory: "cloudwatch-agent",
    unit: "amazon-cloudwatch-agent.service",
    ask: ["--no-block", "try-restart"],
    files: (paths) => [paths.cloudWatchAgent],
  },
];

/**
 * Tells each unit whose files differ from those it was last told of, and remembers that; a unit that was never told
 * starts later and finds them. What could not be told is told again next time.
 *
 * @returns the units that were told.
 */
export async function tellConsumers(host: Host, version: PgpoolVersion): Promise<string[]> {
  const told: string[] = [];
  for (const { memory: name, unit, ask, files } of consumers(version)) {
    const memory = `${host.paths.run}/${name}.applied`;
    const known = existsSync(memory) ? readFileSync(memory, "utf8") : undefined;
    const digest = `${digestOf(files(host.paths))}\n`;
    if (known === digest) continue;
    if (known !== undefined) {
      await runCommand(host, ["systemctl", ...ask, unit], { seconds: 30 });
      host.log(`${unit} told of its new files`);
      told.push(unit);
    }
    writeFiles([{ path: memory, content: digest, owner: root, mode: 0o600 }]);
  }
  return told;
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(existsSync(path) ? readFileSync(path) : "").update("\0");
  return hash.digest("hex");
}

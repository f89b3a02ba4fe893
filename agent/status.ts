import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { type Host, messageOf } from "./host";
import { sessions } from "./pcp";
import type { Sessions } from "./pcp-output";
import { pgpoolVersion } from "./pgpool-version";
import { loadDocument } from "./read-document";
import { runCommand } from "./run-command";

/** Units that make up a node. */
const units = [
  "pgpool-boot",
  "pgpool",
  "pgpool-guard",
  "pgdoctor",
  "pgpool-refresh.timer",
  "pgpool-readers.path",
  "pgpool-drain.timer",
  "pgpool-log",
];

/** How a node is; what cannot be known says why. */
export interface NodeStatus {
  readonly environment: string;
  readonly pgpoolVersion: string;
  readonly units: Readonly<Record<string, string>>;
  readonly sessions: Sessions | string;
  readonly configurationWritten: string;
  readonly certificateValidTo: string;
}

/** How this node is, on one screen or as JSON. */
export async function status(host: Host, json: boolean): Promise<string> {
  const { paths } = host;
  const found: NodeStatus = {
    environment: await known(() => loadDocument(paths.bootDocument).environment),
    pgpoolVersion: await known(async () => {
      const { major, minor } = await pgpoolVersion(host);
      return `${major}.${minor}`;
    }),
    units: Object.fromEntries(await Promise.all(units.map(async (unit) => [unit, await stateOf(host, unit)] as const))),
    sessions: await known(() => sessions(host)),
    configurationWritten: existsSync(paths.pgpoolConf) ? statSync(paths.pgpoolConf).mtime.toISOString() : "never",
    certificateValidTo: await known(() => new X509Certificate(readFileSync(paths.serverCertificate)).validTo),
  };
  return json ? JSON.stringify(found, null, 2) : screen(found);
}

async function known<T>(find: () => T | Promise<T>): Promise<T | string> {
  try {
    return await find();
  } catch (error) {
    return `unknown: ${messageOf(error).split("\n")[0] ?? ""}`;
  }
}

async function stateOf(host: Host, unit: string): Promise<string> {
  const shown = await known(() =>
    runCommand(host, ["systemctl", "show", "--value", "-p", "ActiveState", unit], { seconds: 5 }),
  );
  return typeof shown === "string" ? shown : shown.stdout.trim();
}

function screen(found: NodeStatus): string {
  const { units: states, sessions: full, ...rest } = found;
  const used = typeof full === "string" ? full : `${full.used} of ${full.limit}`;
  return Object.entries({ ...rest, sessions: used, ...states })
    .map(([name, value]) => `${name.padEnd(22)}${value}`)
    .join("\n");
}

import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { mostReaders } from "../config/readers";
import { ports } from "../config/ports";
import { instanceEndpoint } from "../pgpool/instance-endpoint";
import type { NodePaths } from "../pgpool/paths";
import { assignSlots, mostSlots, parseReadersConf, renderReadersConf } from "../pgpool/readers-conf";
import { AgentError, type Host } from "./host";
import { loadDocument } from "./read-document";
import { runCommand } from "./run-command";
import { root } from "./users";
import { type NodeFile, writeFiles } from "./write-files";

/** Who writes the list is another user: nothing but identifiers gets from there into a file of Pgpool-II. */
const wantedSchema = z.array(z.string().regex(/^[a-z][a-z0-9-]{0,62}$/)).max(mostReaders + 1);

/**
 * Has Pgpool-II know the instances that the guard has found, each as a backend of its own, by a reload. A backend is
 * detached at first; the guard attaches it.
 *
 * @param fresh - Before a start of Pgpool-II: slots of readers that are gone are free again, and nobody is told.
 * @throws {@link AgentError} for a list that no guard would write, or a cluster whose instances have no known names.
 */
export async function readers(host: Host, fresh: boolean): Promise<void> {
  const { paths } = host;
  const { settings, writerEndpoint } = loadDocument(paths.bootDocument);
  if (settings.readers === "endpoint") return;
  const known =
    fresh || !existsSync(paths.readersConf) ? [] : parseReadersConf(readFileSync(paths.readersConf, "utf8"));
  const hosts = wanted(paths.wantedReaders).map((instance) => {
    const name = instanceEndpoint(writerEndpoint, instance);
    if (name === undefined)
      throw new AgentError(`${writerEndpoint} does not tell how the cluster's instances are named`);
    return name;
  });
  const { slots, leftOut } = assignSlots(known, hosts);
  for (const name of leftOut) {
    host.log(`${name} gets no reads: all ${mostSlots} backends are taken until Pgpool-II's next start`);
  }
  const changed = writeFiles([readersConf(paths, renderReadersConf(slots, ports.postgresql))]);
  if (changed.length > 0) host.log(`backends: ${slots.map((slot) => `${slot.backend} ${slot.host}`).join(", ")}`);
  if (!fresh) await runCommand(host, ["systemctl", "try-reload-or-restart", "pgpool.service"], { seconds: 30 });
}

/** The file that pgpool.conf includes, as long as no reader is known: without it Pgpool-II would not start. */
export const missingReadersConf = (paths: NodePaths): NodeFile[] =>
  existsSync(paths.readersConf) ? [] : [readersConf(paths, renderReadersConf([], ports.postgresql))];

const readersConf = (paths: NodePaths, content: string): NodeFile => ({
  path: paths.readersConf,
  content,
  owner: root,
  mode: 0o644,
});

function wanted(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  try {
    return wantedSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new AgentError(`${path} is no list of instances`);
  }
}

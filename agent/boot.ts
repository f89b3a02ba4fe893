import { existsSync } from "node:fs";
import { cloudWatchAgentFile } from "./cloudwatch-agent";
import { tellConsumers } from "./consumers";
import { fetchHealthUser } from "./health-user";
import { AgentError, type Host } from "./host";
import { nodeFiles } from "./node-files";
import { nodeKeys } from "./node-keys";
import { pgpoolVersion } from "./pgpool-version";
import { parseDocument, readDocument } from "./read-document";
import { missingReadersConf } from "./readers";
import type { RetryLimits } from "./retry";
import { serverIdentity } from "./server-identity";
import { writeFiles } from "./write-files";

/** What a run changed. */
export interface Written {
  readonly files: readonly string[];
  /** Units that were running and were told. */
  readonly told: readonly string[];
}

/**
 * Turns the boot document and its secrets into the files that Pgpool-II, pgdoctor and the CloudWatch agent read.
 * A second run finds everything right and changes nothing.
 *
 * @throws when the document or a secret is refused, or the disk is full: nothing but the log's destination is
 * written then.
 */
export async function boot(host: Host, limits: RetryLimits): Promise<Written> {
  const { paths } = host;
  const raw = readDocument(paths.bootDocument);
  // First of all, so that whatever is refused below reaches the log group.
  const logs = cloudWatchAgentFile(paths, raw);
  if (logs !== undefined) writeFiles([logs]);
  const document = parseDocument(paths.bootDocument, raw);
  if (!existsSync(paths.databaseCertificates)) {
    throw new AgentError(`${paths.databaseCertificates} is missing: the database's certificate could not be checked`);
  }
  const version = await pgpoolVersion(host);
  const healthUser = await fetchHealthUser(host, document, limits);
  const keys = nodeKeys(paths);
  const identity = await serverIdentity(host, { document, version, nodeKey: keys.poolKey }, limits);
  const files = writeFiles([
    ...nodeFiles({ paths, document, healthUser, keys, identity, version }),
    ...(document.settings.readers === "instances" ? missingReadersConf(paths) : []),
  ]);
  if (files.length > 0) host.log(`written: ${files.join(", ")}`);
  return { files, told: await tellConsumers(host, version) };
}

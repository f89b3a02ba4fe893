import { createHash, X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { BootDocument } from "../config/boot-document";
import { isAtLeast, type PgpoolVersion } from "../pgpool/version";
import { isUsable, selfSigned, type ServerIdentity } from "./certificate";
import { parseGivenCertificate } from "./given-certificate";
import { type Host, messageOf } from "./host";
import type { RetryLimits } from "./retry";
import { fetchSecret, secretName } from "./secret";

/** First series that takes a new certificate at a reload; before, only a restart does (measured). */
export const reloadsCertificate = (version: PgpoolVersion): boolean => isAtLeast(version, { major: 4, minor: 8 });

/** Time over which the restarts for a new certificate are spread, each node at a moment of its own. */
const spreadMilliseconds = 6 * 60 * 60 * 1000;

/** What decides about the certificate that a node shows. */
export interface IdentityFacts {
  readonly document: BootDocument;
  readonly version: PgpoolVersion;
  /** Random and as old as the node: gives it its moment. */
  readonly nodeKey: string;
}

/**
 * What the node shows to clients: its own certificate, or that of the secret. One that is shown and good stays while the
 * secret cannot be had or holds something else, and until it is this node's turn.
 *
 * @throws AgentError when there is none to show.
 */
export async function serverIdentity(host: Host, facts: IdentityFacts, limits: RetryLimits): Promise<ServerIdentity> {
  const { environment, region, certificate } = facts.document;
  const now = new Date();
  const { serverCertificate, serverKey } = host.paths;
  const shown = { certificate: read(serverCertificate), key: read(serverKey) };
  if (certificate.kind === "self-signed") {
    const name = `pgpool-aurora-${environment}`;
    return isUsable(shown, name, now) ? shown : selfSigned(name, now);
  }
  const what = secretName(certificate.secretArn);
  const kept = good(what, shown, now);
  try {
    const { text, created } = await fetchSecret(host, region, certificate.secretArn, limits);
    const given = parseGivenCertificate(what, text, now);
    if (kept === undefined || given.certificate === kept.certificate) return given;
    const turn = reloadsCertificate(facts.version) ? now : turnOf(created ?? now, facts.nodeKey, kept);
    return turn <= now ? given : kept;
  } catch (error) {
    if (kept === undefined) throw error;
    host.log(`${messageOf(error)}; the certificate that is shown stays`);
    return kept;
  }
}

/** When a node takes a certificate that needs a restart: not all nodes at once, and before its old one expires. */
export function turnOf(created: Date, nodeKey: string, { certificate }: ServerIdentity): Date {
  const share = createHash("sha256").update(nodeKey).digest().readUInt32BE() / 2 ** 32;
  const end = new Date(new X509Certificate(certificate).validTo).getTime() - spreadMilliseconds;
  return new Date(Math.min(created.getTime() + share * spreadMilliseconds, end + share * spreadMilliseconds));
}

function good(what: string, { certificate, key }: ServerIdentity, now: Date): ServerIdentity | undefined {
  try {
    return parseGivenCertificate(what, JSON.stringify({ certificate, privateKey: key }), now);
  } catch {
    return undefined;
  }
}

const read = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");

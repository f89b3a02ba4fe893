import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import * as z from "zod";
import type { ServerIdentity } from "./certificate";
import { AgentError } from "./host";

const pem = (what: string): z.ZodString => z.string(`${what} is missing or no text`).min(1, `${what} is empty`);
const schema = z.object(
  { certificate: pem("certificate"), privateKey: pem("privateKey") },
  "it is no JSON with certificate and privateKey",
);

/** Shorter RSA keys are refused by OpenSSL as distributions set it (security level 2): Pgpool-II would not start. */
const leastRsaBits = 2048;

/**
 * Reads a certificate and its key from a secret's text: `{ "certificate": …, "privateKey": … }`, both PEM, the node's
 * own certificate before those that it is signed by.
 *
 * @throws {@link AgentError} that says why clients could not be served with it, without any of it.
 */
export function parseGivenCertificate(what: string, text: string | undefined, now: Date): ServerIdentity {
  const refuse = (why: string): AgentError => new AgentError(`${what}: ${why}`);
  const parsed = schema.safeParse(json(text));
  if (!parsed.success) throw refuse(parsed.error.issues.map(({ message }) => message).join("; "));
  const { certificate, privateKey } = parsed.data;
  const [own] = chain(certificate) ?? [];
  if (own === undefined) throw refuse("certificate is no PEM certificate, or one of its chain is not");
  const key = readKey(privateKey);
  if (key === undefined) throw refuse("privateKey is no PEM key, or one with a passphrase");
  if (!own.checkPrivateKey(key)) throw refuse("privateKey is not that of the first certificate");
  const bits = key.asymmetricKeyDetails?.modulusLength ?? leastRsaBits;
  if (bits < leastRsaBits) throw refuse(`the key has ${bits} bits, at least ${leastRsaBits} are needed`);
  if (new Date(own.validTo) <= now) throw refuse(`the certificate has expired: it was valid to ${own.validTo}`);
  if (new Date(own.validFrom) > now) throw refuse(`the certificate is not valid yet: from ${own.validFrom}`);
  return { certificate: `${certificate.trim()}\n`, key: `${privateKey.trim()}\n` };
}

function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    // The parser's own message would quote the secret.
    return undefined;
  }
}

function chain(text: string): X509Certificate[] | undefined {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
}

function readKey(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

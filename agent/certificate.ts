import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { bits, der, integer, octets, oid, sequence, set, time, utf8, yes } from "./der";

/** A certificate and its key, both PEM. */
export interface ServerIdentity {
  readonly certificate: string;
  readonly key: string;
}

const day = 24 * 60 * 60 * 1000;
/** Longer than a node lives, so that none has to change it while clients are connected. */
const validDays = 3650;
const ecdsaWithSha256 = sequence(oid("1.2.840.10045.4.3.2"));

/**
 * A self-signed certificate for TLS servers with a new P-256 key. Written here because Node.js cannot make one, and a
 * tool for it would have to be handed the key.
 *
 * @param name - Its common name and its only DNS name.
 */
export function selfSigned(name: string, now: Date): ServerIdentity {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = certificateBody(name, now, publicKey);
  const whole = sequence(body, ecdsaWithSha256, bits(sign("sha256", body, privateKey)));
  return {
    certificate: pem("CERTIFICATE", whole),
    key: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
  };
}

/** Whether a certificate belongs to its key and its name, and will for another month. */
export function isUsable({ certificate, key }: ServerIdentity, name: string, now: Date): boolean {
  try {
    const parsed = new X509Certificate(certificate);
    const lasts = new Date(parsed.validTo).getTime() - now.getTime() > 30 * day;
    return lasts && parsed.subject === `CN=${name}` && parsed.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function certificateBody(name: string, now: Date, publicKey: KeyObject): Buffer {
  const spki = publicKey.export({ format: "der", type: "spki" });
  const subject = sequence(set(sequence(oid("2.5.4.3"), utf8(name))));
  // A clock that is a little behind must not make it a certificate of the future.
  const validity = sequence(time(new Date(now.getTime() - day)), time(new Date(now.getTime() + validDays * day)));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    subject,
    validity,
    subject,
    spki,
    der(0xa3, sequence(...extensions(name, spki))),
  );
}

function extensions(name: string, spki: Buffer): Buffer[] {
  const extension = (id: string, value: Buffer, ...critical: Buffer[]): Buffer =>
    sequence(oid(id), ...critical, octets(value));
  return [
    extension("2.5.29.19", sequence(), yes), // basicConstraints: no authority
    extension("2.5.29.15", der(0x03, Buffer.from([7, 0x80])), yes), // keyUsage: digitalSignature
    extension("2.5.29.37", sequence(oid("1.3.6.1.5.5.7.3.1"))), // extKeyUsage: serverAuth
    extension("2.5.29.17", sequence(der(0x82, Buffer.from(name)))), // subjectAltName: dNSName
    extension("2.5.29.14", octets(createHash("sha1").update(spki).digest())), // subjectKeyIdentifier
  ];
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

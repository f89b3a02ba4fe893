import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

/** Rounds of PBKDF2 that PostgreSQL itself takes (SCRAM_SHA_256_DEFAULT_ITERATIONS). */
const rounds = 4096;

/**
 * What PostgreSQL stores of a password (RFC 5803): computed here, so that the password itself is in no statement, and
 * so in no log. Nobody can log in with it.
 *
 * @param password - Printable ASCII: other characters would have to be normalized first (SASLprep).
 * @param salt - 16 random bytes, as PostgreSQL takes.
 * @throws for a password with other characters.
 */
export function scramVerifier(password: string, salt: Buffer): string {
  if (!/^[ -~]+$/.test(password)) throw new Error("the password has a character other than printable ASCII");
  const salted = pbkdf2Sync(password, salt, rounds, 32, "sha256");
  const keyOf = (name: string): Buffer => createHmac("sha256", salted).update(name).digest();
  const stored = createHash("sha256").update(keyOf("Client Key")).digest("base64");
  const server = keyOf("Server Key").toString("base64");
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${stored}:${server}`;
}

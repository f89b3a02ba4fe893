import { createCipheriv, createHash } from "node:crypto";

/** Longest password that Pgpool-II decrypts: its buffer is 128 bytes, with the end. */
const longest = 127;

/** Longest line that Pgpool-II reads from its key file, with the end of the line. */
const longestKey = 254;

/**
 * A password as pgpool.conf takes it when PGPOOLKEYFILE names a file with `key`: the same text that `pg_enc` prints,
 * whose arguments everybody on the machine could read. With it any character can be in a password.
 *
 * @throws for a password or a key that Pgpool-II would cut.
 */
export function encryptPassword(password: string, key: string): string {
  if (password.length === 0) throw new Error("the password is empty");
  if (Buffer.byteLength(password) > longest) {
    throw new Error(`the password has more than ${longest} bytes, which Pgpool-II cannot decrypt`);
  }
  if (!/^[!-~]+$/.test(key) || key.length > longestKey) {
    throw new Error(`a key has 1 to ${longestKey} printable characters without spaces`);
  }
  const [cipherKey, iv] = deriveKey(key);
  const cipher = createCipheriv("aes-256-cbc", cipherKey, iv);
  return `AES${Buffer.concat([cipher.update(password, "utf8"), cipher.final()]).toString("base64")}`;
}

/** OpenSSL's EVP_BytesToKey with SHA-1, one round and no salt: 32 bytes of key and 16 of initial vector. */
function deriveKey(key: string): [Buffer, Buffer] {
  let derived = Buffer.alloc(0);
  let last = Buffer.alloc(0);
  while (derived.length < 48) {
    last = createHash("sha1").update(last).update(key).digest();
    derived = Buffer.concat([derived, last]);
  }
  return [derived.subarray(0, 32), derived.subarray(32, 48)];
}

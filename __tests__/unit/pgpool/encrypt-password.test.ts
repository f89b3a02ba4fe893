import { createDecipheriv, createHash } from "node:crypto";
import { encryptPassword } from "../../../pgpool/encrypt-password";

const sha1 = (...parts: Buffer[]): Buffer => createHash("sha1").update(Buffer.concat(parts)).digest();

/** What Pgpool-II does, written down independently: D1 = H(key), Dn = H(Dn-1 + key). */
function decrypt(form: string, key: string): string {
  const [d1, bytes] = [sha1(Buffer.from(key)), Buffer.from(key)];
  const d2 = sha1(d1, bytes);
  const all = Buffer.concat([d1, d2, sha1(d2, bytes)]);
  const decipher = createDecipheriv("aes-256-cbc", all.subarray(0, 32), all.subarray(32, 48));
  return decipher.update(form.slice(3), "base64", "utf8") + decipher.final("utf8");
}

test.each(["plain", "it's", 'a"b$c#d=e\\f', "blä 密码 🔑", "two\nlines", " space ", "AESx", "x".repeat(127)])(
  "hides %j so that Pgpool-II finds it again, in characters that its file can hold",
  (password) => {
    const form = encryptPassword(password, "0123456789abcdef");
    expect(form).toMatch(/^AES[A-Za-z0-9+/]+=*$/);
    expect(decrypt(form, "0123456789abcdef")).toBe(password);
  },
);

test("gives the text that pg_enc of Pgpool-II 4.3.5 printed for the same password and key", () => {
  expect(encryptPassword("secret#1", "testkey123")).toBe("AES6ScbUu/0EVpNpkjvo0phyw==");
});

test("refuses a password that Pgpool-II would cut, counting bytes", () => {
  expect(() => encryptPassword("x".repeat(128), "key")).toThrow("more than 127 bytes");
  expect(() => encryptPassword("é".repeat(64), "key")).toThrow("more than 127 bytes");
  expect(() => encryptPassword("", "key")).toThrow("empty");
});

test.each(["", "two words", "line\n", "k".repeat(255)])(
  "refuses %j as a key, which Pgpool-II would read as another",
  (key) => {
    expect(() => encryptPassword("password", key)).toThrow("1 to 254 printable characters");
  },
);

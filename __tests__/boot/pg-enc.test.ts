import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encryptPassword } from "../../pgpool/encrypt-password";

test("gives the same forms as Pgpool's own tool, without which nobody could read them", () => {
  const passwords = ["secret#1", "it's", 'a"b$c', "back\\slash", "blä 密码", "x".repeat(100), "sixteen letters!"];
  const key = "0123456789abcdef0123456789abcdef";
  const folder = mkdtempSync(join(tmpdir(), "pg-enc-"));
  const path = (name: string): string => join(folder, name);
  try {
    writeFileSync(path("key"), `${key}\n`, { mode: 0o600 });
    writeFileSync(path("pgpool.conf"), "pool_passwd = 'pool_passwd'\n");
    writeFileSync(path("users"), passwords.map((password, index) => `user${index}:${password}\n`).join(""));
    const files = ["-m", "-f", path("pgpool.conf"), "-k", path("key"), "-i", path("users")];
    execFileSync("/usr/sbin/pg_enc", files, { stdio: "ignore" });
    expect(readFileSync(path("pool_passwd"), "utf8")).toBe(
      passwords.map((password, index) => `user${index}:${encryptPassword(password, key)}\n`).join(""),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

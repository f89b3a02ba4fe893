import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate and its key as a secret holds them. */
export interface Given {
  readonly certificate: string;
  readonly privateKey: string;
}

/** A self-signed certificate by openssl; `options` come last, so that they win. */
export function opensslCertificate(name: string, ...options: readonly string[]): Given {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  const [certificate, key] = [join(folder, "crt"), join(folder, "key")];
  const parameters = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-subj", `/CN=${name}`];
  const more = ["-addext", `subjectAltName=DNS:${name}`, "-days", "90", "-keyout", key, "-out", certificate];
  try {
    execFileSync("openssl", ["req", "-x509", ...parameters, ...more, ...options], { stdio: "ignore" });
    return { certificate: readFileSync(certificate, "utf8"), privateKey: readFileSync(key, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

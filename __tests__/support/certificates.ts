import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate and its key as a secret holds them. */
export interface Given {
  readonly certificate: string;
  readonly privateKey: string;
}

/** A self-signed certificate by openssl; `alternatives` are what it is valid for, in openssl's own words. */
export function opensslCertificate(name: string, alternatives = `DNS:${name}`): Given {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  const [certificate, key] = [join(folder, "crt"), join(folder, "key")];
  const parameters = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-subj", `/CN=${name}`];
  const more = ["-addext", `subjectAltName=${alternatives}`, "-days", "90", "-keyout", key, "-out", certificate];
  try {
    execFileSync("openssl", ["req", "-x509", ...parameters, ...more], { stdio: "ignore" });
    return { certificate: readFileSync(certificate, "utf8"), privateKey: readFileSync(key, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

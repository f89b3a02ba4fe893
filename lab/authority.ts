import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { labFolder, must } from "./machine";

/** A certificate authority that stands for Amazon's, and one certificate for the whole cluster, as on Aurora. */
export class Authority {
  private readonly folder = join(labFolder, "authority");

  async create(names: readonly string[]): Promise<void> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const file = (name: string): string => join(this.folder, name);
    const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "2"];
    const openssl = async (...parameters: string[]): Promise<string> => await must("openssl", parameters);
    await openssl("req", "-x509", ...newKey, "-subj", "/CN=lab CA", "-keyout", file("ca.key"), "-out", file("ca.pem"));
    await openssl("req", ...newKey, "-subj", "/CN=cluster", "-keyout", file("server.key"), "-out", file("server.csr"));
    writeFileSync(file("names"), `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}\n`);
    const signer = ["-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial", "-days", "2"];
    await openssl(
      "x509",
      "-req",
      ...signer,
      "-in",
      file("server.csr"),
      "-extfile",
      file("names"),
      "-out",
      file("server.crt"),
    );
  }

  /** What clients of the database check its certificate with. */
  get certificate(): string {
    return readFileSync(join(this.folder, "ca.pem"), "utf8");
  }

  read(name: "server.key" | "server.crt"): string {
    return readFileSync(join(this.folder, name), "utf8");
  }
}

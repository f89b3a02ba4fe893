import { mkdtempSync, rmSync, chmodSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database } from "../../boot/support/database";
import { eventually, PrivateNetwork, type Outcome } from "../../boot/support/network";
import { SecretsManager } from "../../boot/support/secrets-manager";
import { documentWith } from "../../support/boot-document";
import type { ThrowawayHost } from "./throwaway-host";

/** No file format and no shell takes this for what it is, if it can be taken otherwise. */
const password = "it's #=\\\"$(id)%s 密";

/** A node started from the image that was built: its programs and its units' own commands, with real servers around. */
export class NodeInImage {
  readonly user = "health";
  private readonly network = new PrivateNetwork();
  private readonly folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-node-"));
  private readonly secrets = new SecretsManager(this.network);

  private constructor(private readonly host: ThrowawayHost) {
    chmodSync(this.folder, 0o755);
  }

  /** Starts PostgreSQL and Secrets Manager, and gives the node what user data and systemd would. */
  static async start(host: ThrowawayHost): Promise<NodeInImage> {
    const node = new NodeInImage(host);
    const database = new Database(node.network, join(node.folder, "pg"));
    await node.network.ready();
    await Promise.all([database.start(), node.secrets.start()]);
    database.setPassword(node.user, password);
    const secretArn = node.secrets.create(node.user, { username: node.user, password });
    const endpoints = { writerEndpoint: "127.0.0.1", readerEndpoint: "127.0.0.2" };
    const settings = { num_init_children: 8, client_idle_limit: 90 };
    node.place(
      "boot.json",
      JSON.stringify(documentWith({ ...endpoints, secretArn, settings })),
      "/etc/pgpool-aurora/boot.json",
    );
    node.place("ca.pem", database.certificate, "/usr/local/share/pgpool-aurora/database-ca.pem");
    host.run("install", "-d", "-m", "0711", "/run/pgpool-aurora");
    host.run("install", "-d", "-m", "0750", "-o", "pgpool", "-g", "pgpool", "/run/pgpool");
    return node;
  }

  boot(): Outcome {
    return this.network.run(
      "nsenter",
      this.host.inside(["env", ...this.aws(), ...this.command("pgpool-boot.service")]),
    );
  }

  /** Starts Pgpool-II and pgdoctor as their units do. */
  async startPgpool(): Promise<void> {
    for (const name of ["pgpool", "pgdoctor"]) {
      const unit = `${name}.service`;
      const as = ["setpriv", `--reuid=${name}`, `--regid=${name}`, "--init-groups", "env", ...this.environment(unit)];
      this.network.start("nsenter", this.host.inside([...as, ...this.command(unit)]));
    }
    await eventually("Pgpool-II takes clients", () => this.ask("SELECT 1").status === 0);
  }

  ask(sql: string, sslmode = "require"): Outcome {
    const connection = ["-X", "-A", "-t", "-w", "-h", "127.0.0.1", "-p", "9999", "-U", this.user, "-d", "postgres"];
    const environment = { PGPASSWORD: password, PGSSLMODE: sslmode, PGCONNECT_TIMEOUT: "5" };
    return this.network.run("psql", [...connection, "-c", sql], { environment });
  }

  /** The status that the load balancer's health check gets. */
  async health(): Promise<string> {
    const ask = ["-s", "-o", "/dev/null", "-w", "%{http_code}", "http://127.0.0.1:8071/"];
    await eventually("pgdoctor answers", () => this.network.run("curl", ask).status === 0);
    return this.network.run("curl", ask).stdout;
  }

  /** Ends the servers; what was started inside of the host ends with it. */
  async end(): Promise<void> {
    await this.network.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private place(name: string, content: string, path: string): void {
    writeFileSync(join(this.host.work, "srv", name), content);
    this.host.run("install", "-D", "-m", "0644", `/srv/${name}`, path);
  }

  private aws(): string[] {
    return Object.entries(this.secrets.environment).map(([key, value]) => `${key}=${value}`);
  }

  /** What systemd runs for a unit. */
  private command(unit: string): string[] {
    return (this.lines(unit, "ExecStart")[0] ?? "").split(" ");
  }

  private environment(unit: string): string[] {
    return this.lines(unit, "Environment").map((line) => line.replaceAll('"', ""));
  }

  private lines(unit: string, key: string): string[] {
    const text = this.host.run("cat", `/etc/systemd/system/${unit}`).stdout.split("\n");
    return text.filter((line) => line.startsWith(`${key}=`)).map((line) => line.slice(key.length + 1));
  }
}

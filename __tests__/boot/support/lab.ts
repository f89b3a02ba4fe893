import { chmodSync } from "node:fs";
import { join } from "node:path";
import { documentWith } from "../../support/boot-document";
import { bundleAgent } from "./bundle";
import { Database } from "./database";
import { eventually, type Outcome, PrivateNetwork } from "./network";
import { NodeRoot, standIns } from "./node-root";
import { SecretsManager } from "./secrets-manager";

/** Who health checks log in as. */
export const healthUser = "health";

/** How a client connects; what is not said is as a good client does it. */
export interface Client {
  readonly user?: string;
  readonly password: string;
  readonly sslmode?: "require" | "disable";
  readonly host?: string;
}

/** A node with real servers around it: PostgreSQL, Secrets Manager (moto), Debian's Pgpool-II. */
export class Lab {
  readonly network = new PrivateNetwork();
  readonly root = new NodeRoot();
  readonly database = new Database(this.network, `${this.root.folder}/pg`);
  readonly secrets = new SecretsManager(this.network);
  private readonly agent = bundleAgent();
  private secretArn = "";

  /** Starts the database and Secrets Manager; `password` is in both. */
  async start(password: string): Promise<void> {
    await this.network.ready();
    await Promise.all([this.database.start(), this.secrets.start()]);
    this.database.setPassword(healthUser, password);
    this.secretArn = this.secrets.create(healthUser, { username: healthUser, password });
    this.changeIdleLimit(90);
    this.root.write(this.root.paths.databaseCertificates, this.database.certificate);
  }

  /** Writes the boot document; the one thing that a test changes in it is in `client_idle_limit`. */
  changeIdleLimit(seconds: number): void {
    const endpoints = { writerEndpoint: "127.0.0.1", readerEndpoint: "127.0.0.2" };
    const settings = { num_init_children: 8, client_idle_limit: seconds };
    const document = documentWith({ ...endpoints, secretArn: this.secretArn, drainTimeoutSeconds: 10, settings });
    this.root.write(this.root.paths.bootDocument, JSON.stringify(document));
  }

  /** Gives the health user a new password, in the database and in the secret. */
  rotate(password: string): void {
    this.database.setPassword(healthUser, password);
    this.secrets.put(this.secretArn, { username: healthUser, password });
  }

  /** Runs the bundled agent as a node does. */
  runAgent(...parameters: string[]): Outcome {
    return this.network.run(process.execPath, [this.agent.path, ...parameters], {
      environment: {
        ...this.secrets.environment,
        PATH: `${this.root.folder}/bin:/usr/sbin:${process.env.PATH ?? ""}`,
        PGPOOL_AGENT_ROOT: this.root.folder,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      },
    });
  }

  /** Starts Pgpool-II from what the agent has written, and waits until it takes clients. */
  async startPgpool(client: Client): Promise<void> {
    const { pgpoolConf, pcpConf, poolHba, poolKey } = this.root.paths;
    const { pid } = this.network.start("pgpool", ["-n", "-D", "-f", pgpoolConf, "-F", pcpConf, "-a", poolHba], {
      user: standIns.pgpool,
      environment: { PGPOOLKEYFILE: poolKey },
    });
    const systemctl = join(this.root.folder, "bin/systemctl");
    this.root.write(
      systemctl,
      `#!/bin/sh\n[ "$*" = "try-reload-or-restart pgpool.service" ] && kill -HUP ${String(pid)}\n`,
    );
    chmodSync(systemctl, 0o755);
    await eventually("Pgpool-II takes clients", () => this.ask("SELECT 1", client).status === 0);
  }

  /** Runs a statement through Pgpool-II. */
  ask(sql: string, { user = healthUser, password, sslmode = "require", host = "127.0.0.1" }: Client): Outcome {
    const connection = ["-X", "-A", "-t", "-w", "-h", host, "-p", "9999", "-U", user, "-d", "postgres"];
    const environment = { PGPASSWORD: password, PGSSLMODE: sslmode, PGCONNECT_TIMEOUT: "5" };
    return this.network.run("psql", [...connection, "-c", sql], { environment });
  }

  async end(): Promise<void> {
    await this.network.end();
    this.root.remove();
    this.agent.remove();
  }
}

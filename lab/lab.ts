import { Cluster } from "./cluster";
import { requireLab } from "./machine";
import { PoolerNode } from "./node";
import { SecretService } from "./secret-service";
import type { BootDocument } from "../config/boot-document";

/** The health user: what `pg_monitor` and `pg_signal_backend` allow, and a password that no plain file could hold. */
export const healthUser = { username: "health", password: "h'e\"a#l=t\\h$ 密 %s" } as const;

/** The database with the endpoints, Secrets Manager, and one node. */
export class Lab {
  readonly cluster = new Cluster();
  readonly secret = new SecretService();
  private pooler: PoolerNode | undefined;

  get node(): PoolerNode {
    if (this.pooler === undefined) throw new Error("the lab has not started");
    return this.pooler;
  }

  async start(document: Partial<BootDocument> = {}): Promise<void> {
    requireLab();
    await this.cluster.start();
    await this.cluster.setPassword(healthUser.username, healthUser.password);
    await this.cluster.servers.one.sql(`GRANT pg_monitor, pg_signal_backend TO ${healthUser.username}`);
    await this.secret.start();
    this.secret.value = healthUser;
    await this.replaceNode(document);
  }

  /** Puts another node in the place of the one that runs. */
  async replaceNode(document: Partial<BootDocument> = {}): Promise<void> {
    await this.pooler?.stop();
    this.pooler = new PoolerNode(this.cluster, this.secret, document);
    await this.pooler.start();
  }

  async stop(): Promise<void> {
    await this.pooler?.stop();
    await this.secret.stop();
    await this.cluster.stop();
  }
}

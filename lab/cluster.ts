import { Authority } from "./authority";
import { Endpoints, instanceHost, readerEndpoint, writerEndpoint } from "./endpoints";
import { Server } from "./server";

/**
 * A cluster that stands for Aurora: one writer, two readers, each on an address of its own with the same port, and two
 * names that can be pointed at them.
 */
export class Cluster {
  readonly authority = new Authority();
  readonly endpoints = new Endpoints();
  readonly servers = {
    one: new Server("one", "127.0.1.1", this.authority),
    two: new Server("two", "127.0.1.2", this.authority),
    three: new Server("three", "127.0.1.3", this.authority),
  } as const;

  async start(): Promise<void> {
    const { one, two, three } = this.servers;
    await this.authority.create([
      writerEndpoint,
      readerEndpoint,
      ...[one, two, three].map(({ name }) => instanceHost(name)),
    ]);
    this.endpoints.point({ writer: one.address, readers: [two.address], instances: [one, two, three] });
    await one.create();
    await Promise.all([two.cloneFrom(one), three.cloneFrom(one)]);
  }

  /** Gives a role a password, which reaches the server through psql's input. */
  async setPassword(role: string, password: string, writer: Server = this.servers.one): Promise<void> {
    await writer.sql(
      [
        `DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}')`,
        `THEN CREATE ROLE "${role}" LOGIN; END IF; END $do$;`,
        `ALTER ROLE "${role}" PASSWORD ${literal(password)};`,
      ].join("\n"),
    );
    await this.caughtUp(writer);
  }

  /** Waits until the replicas that stream have applied everything that the writer has written. */
  async caughtUp(writer: Server = this.servers.one): Promise<void> {
    const lag = "SELECT count(*) FROM pg_stat_replication WHERE replay_lsn < pg_current_wal_lsn()";
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await writer.sql(lag)).trim() === "0") return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("the replicas did not catch up");
  }

  /** Makes another server the writer, and the old one its replica; where the endpoints lead is another matter. */
  async failOver(from: Server, to: Server, other: Server): Promise<void> {
    await from.stop("fast");
    await to.promote();
    other.follow(to);
    await other.sql("SELECT pg_reload_conf()");
    from.follow(to);
    await from.start();
  }

  async stop(): Promise<void> {
    const { one, two, three } = this.servers;
    for (const server of [three, two, one]) {
      server.thaw();
      await server.stop("immediate");
    }
  }
}

const literal = (text: string): string => `E'${text.replace(/[\\']/g, "\\$&")}'`;

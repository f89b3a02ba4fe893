import { withClient } from "../../lab/client";
import { eventually, pause } from "../../lab/eventually";
import { Lab } from "../../lab/lab";
import { Load } from "../../lab/load";
import type { Server } from "../../lab/server";

/** The bar: what every client may have to wait, once a fault has ended or its server is detached, in milliseconds. */
export const bar = 5000;
export const login = { user: "worker", password: "works hard" };

/** The servers in their present roles. */
export interface Roles {
  readonly writer: Server;
  readonly reader: Server;
  readonly spare: Server;
}

/** A lab under load. After each fault everything has to be good again, and no insert that was acknowledged be missing. */
export class FaultLab {
  readonly lab = new Lab();
  roles: Roles = {
    writer: this.lab.cluster.servers.one,
    reader: this.lab.cluster.servers.two,
    spare: this.lab.cluster.servers.three,
  };
  private running: Load | undefined;
  private runs = 0;

  get load(): Load {
    if (this.running === undefined) throw new Error("there is no load outside of a test");
    return this.running;
  }

  /** Adds what surrounds each test of a file. */
  use(): void {
    beforeAll(async () => {
      await this.start();
    });
    afterAll(async () => {
      await this.lab.stop();
    });
    beforeEach(async () => {
      await this.isGood();
      this.running = new Load(this.lab.node, login, `run-${(this.runs += 1)}`);
      await pause(2000);
    });
    afterEach(async () => {
      // A test that failed half-way must not spoil the others.
      for (const server of [this.roles.writer, this.roles.reader, this.roles.spare]) server.thaw();
      await this.load.stop();
      const { guard } = this.lab.node;
      console.info(`${expect.getState().currentTestName ?? ""}: ${this.load.summary()}\n${guard.output}`);
      guard.output = "";
      await this.isGood();
      expect(this.load.acknowledged.length).toBeGreaterThan(0);
      expect(await this.lost()).toEqual([]);
    });
  }

  private async start(): Promise<void> {
    const { lab } = this;
    await lab.start();
    const { one } = lab.cluster.servers;
    await lab.cluster.setPassword(login.user, login.password);
    await one.sql(
      "CREATE TABLE load_read AS SELECT generate_series(1, 10); CREATE TABLE load_written (key text PRIMARY KEY)",
    );
    await one.sql(`GRANT ALL ON load_read, load_written TO ${login.user}`);
    await lab.cluster.caughtUp();
    await lab.node.startGuard();
  }

  /** Everything is as it should be: the guard sees it, and reads go to the reader. */
  async isGood(): Promise<void> {
    const { node } = this.lab;
    await eventually("the guard finds everything good", () => node.metrics.readerBackend === "up", 60);
    await eventually(
      "reads go to the reader",
      async () => {
        const sql = "SELECT host(inet_server_addr()) AS address";
        const limits = { connectionTimeoutMillis: 10_000, query_timeout: 10_000 };
        const { rows } = await withClient(node, { ...login, ...limits }, (client) =>
          client.query<{ address: string }>(sql),
        );
        return rows[0]?.address === this.roles.reader.address;
      },
      60,
    );
  }

  /** Waits until every client has been served after a moment, for a little longer than the bar. */
  async recovery(moment: number): Promise<number> {
    const { load } = this;
    const served = (): boolean => load.recoveredAfter(moment) < Number.POSITIVE_INFINITY;
    await eventually("every client is served", served, 20).catch(() => undefined);
    return load.recoveredAfter(moment);
  }

  /** Waits until the guard has detached the reader; the moment. */
  async detached(): Promise<number> {
    await eventually("the reader is detached", () => this.lab.node.metrics.readerBackend === "down", 15);
    return performance.now();
  }

  /** Inserts that were acknowledged and are not there. */
  private async lost(): Promise<string[]> {
    const there = new Set((await this.roles.writer.sql("SELECT key FROM load_written")).trim().split("\n"));
    return this.load.acknowledged.filter((key) => !there.has(key));
  }
}

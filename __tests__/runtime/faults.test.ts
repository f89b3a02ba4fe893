import type { Client } from "pg";
import { clientOf, refusal, withClient } from "../../lab/client";
import { eventually, pause } from "../../lab/eventually";
import { healthUser, Lab } from "../../lab/lab";
import { Load, type LoadClient } from "../../lab/load";
import type { Server } from "../../lab/server";

jest.setTimeout(180_000);
const lab = new Lab();
const login = { user: "worker", password: "works hard" };
/** The bar: what every client may have to wait, once a fault has ended or its server is detached. */
const bar = 5000;

let load: Load;
let runs = 0;
/** The servers in their present roles. */
let roles: { writer: Server; reader: Server; spare: Server };

beforeAll(async () => {
  await lab.start();
  const { one, two, three } = lab.cluster.servers;
  roles = { writer: one, reader: two, spare: three };
  await lab.cluster.setPassword(login.user, login.password);
  await one.sql(
    "CREATE TABLE load_read AS SELECT generate_series(1, 10); CREATE TABLE load_written (key text PRIMARY KEY)",
  );
  await one.sql(`GRANT ALL ON load_read, load_written TO ${login.user}`);
  await lab.cluster.caughtUp();
  await lab.node.startGuard();
});
afterAll(async () => {
  await lab.stop();
});

beforeEach(async () => {
  await isGood();
  load = new Load(lab.node, login, `run-${(runs += 1)}`);
  await pause(2000);
});

afterEach(async () => {
  // A test that failed half-way must not spoil the others.
  for (const server of Object.values(roles)) server.thaw();
  await load.stop();
  console.info(`${expect.getState().currentTestName ?? ""}: ${load.summary()}\n${lab.node.guard.output}`);
  lab.node.guard.output = "";
  await isGood();
  expect(await lost()).toEqual([]);
});

/** Everything is as it should be: the guard sees it, and reads go to the reader. */
async function isGood(): Promise<void> {
  await eventually("the guard finds everything good", () => lab.node.metrics.readerBackend === "up", 60);
  await eventually(
    "reads go to the reader",
    async () => {
      const sql = "SELECT host(inet_server_addr()) AS address";
      const { rows } = await withClient(lab.node, login, (client) => client.query<{ address: string }>(sql));
      return rows[0]?.address === roles.reader.address;
    },
    60,
  );
}

/** Inserts that were acknowledged and are not there. */
async function lost(): Promise<string[]> {
  const there = new Set((await roles.writer.sql("SELECT key FROM load_written")).trim().split("\n"));
  return load.acknowledged.filter((key) => !there.has(key));
}

/** Waits until every client has been served after a moment, for a little longer than the bar. */
async function recovery(moment: number): Promise<number> {
  await eventually("every client is served", () => load.recoveredAfter(moment) < Number.POSITIVE_INFINITY, 20).catch(
    () => undefined,
  );
  return load.recoveredAfter(moment);
}

const detached = async (): Promise<number> => {
  await eventually("the reader is detached", () => lab.node.metrics.readerBackend === "down", 15);
  return performance.now();
};

describe("a reader that goes", () => {
  test.each(["fast", "immediate", "crash"] as const)("(%s stop) leaves writers free, and comes back", async (mode) => {
    const start = performance.now();
    await roles.reader.stop(mode);
    const moment = await detached();
    expect(moment - start).toBeLessThan(6000);
    expect(await recovery(moment)).toBeLessThan(bar);
    await roles.reader.start();
    const back = performance.now();
    await isGood();
    expect(performance.now() - back).toBeLessThan(2 * bar);
    expect(await recovery(back)).toBeLessThan(bar);
  });

  test("(frozen) leaves writers free, and comes back", async () => {
    const start = performance.now();
    roles.reader.freeze();
    const moment = await detached();
    expect(moment - start).toBeLessThan(8000);
    expect(await recovery(moment)).toBeLessThan(bar);
    roles.reader.thaw();
    await isGood();
    // 10 s is the time-out of those that connect: nobody was left to that.
    expect(load.longestWait()).toBeLessThan(8000);
  });

  test("(removed while frozen: the endpoint leads to another) is given up by its sessions", async () => {
    roles.reader.freeze();
    lab.cluster.endpoints.point({ readers: [roles.spare.address] });
    const moment = performance.now();
    expect(await recovery(moment)).toBeLessThan(2 * bar);
    roles.reader.thaw();
    roles = { ...roles, reader: roles.spare, spare: roles.reader };
  });
});

test("a writer that is away for a while: reads and writes come back by themselves", async () => {
  await roles.writer.stop("fast");
  await pause(4000);
  await roles.writer.start();
  expect(await recovery(performance.now())).toBeLessThan(bar);
});

test("a clean failover: everybody writes again as soon as the endpoint is right", async () => {
  const { writer, spare } = roles;
  await lab.cluster.failOver(writer, spare, roles.reader);
  lab.cluster.endpoints.point({ writer: spare.address });
  const moment = performance.now();
  roles = { ...roles, writer: spare, spare: writer };
  expect(await recovery(moment)).toBeLessThan(bar);
});

test("a failover whose endpoint leads to the old writer, now a reader, for 7 s", async () => {
  const { writer, spare } = roles;
  await lab.cluster.failOver(writer, spare, roles.reader);
  await pause(7000);
  lab.cluster.endpoints.point({ writer: spare.address });
  const moment = performance.now();
  roles = { ...roles, writer: spare, spare: writer };
  expect(await recovery(moment)).toBeLessThan(bar);
  expect(load.errors()).toHaveProperty("25006");
});

test("without a guard such a failover is never over for who stays connected; one that starts later finds them", async () => {
  await lab.node.guard.stop("SIGTERM");
  const { writer, spare } = roles;
  await lab.cluster.failOver(writer, spare, roles.reader);
  await pause(3000);
  lab.cluster.endpoints.point({ writer: spare.address });
  const moment = performance.now();
  roles = { ...roles, writer: spare, spare: writer };
  await pause(10_000);
  const staying = (client: LoadClient): boolean => client.habit === "persistent" && client.work === "write";
  expect(load.recoveredAfter(moment, staying)).toBe(Number.POSITIVE_INFINITY);
  // The guard knows servers by the endpoints: the old writer has to be among the readers.
  lab.cluster.endpoints.point({ readers: [writer.address] });
  roles = { ...roles, reader: writer, spare: roles.reader };
  await lab.node.startGuard();
  expect(await recovery(performance.now())).toBeLessThan(bar);
});

test("a node that is full refuses others at once, loses no session, and the guard still sees it", async () => {
  // Those that come and go would leave a place free now and then.
  for (const client of load.clients) if (client.habit === "reconnecting") await client.stop();
  const sessions: Client[] = [];
  const pids: number[] = [];
  for (;;) {
    const client = clientOf(lab.node, login);
    try {
      await client.connect();
    } catch {
      break;
    }
    await client.query("BEGIN");
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    pids.push(rows[0]?.pid ?? 0);
    sessions.push(client);
  }
  expect(sessions.length).toBeGreaterThan(5);
  const start = performance.now();
  for (let count = 0; count < 20; count += 1) expect(await refusal(lab.node, login)).not.toBe("not refused");
  expect((performance.now() - start) / 20).toBeLessThan(1000);
  await eventually("the guard sees it", () => (lab.node.metrics.sessions?.used ?? 0) > sessions.length, 10);
  expect(lab.node.metrics.readerBackend).toBe("up");
  for (const [index, client] of sessions.entries()) {
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    expect(rows[0]?.pid).toBe(pids[index]);
    await client.end();
  }
  const staying = load.clients.filter(({ habit }) => habit === "persistent");
  expect(staying.flatMap(({ done }) => done.filter(({ error }) => error !== undefined))).toEqual([]);
});

test("a restart of the whole cluster", async () => {
  const all = [roles.reader, roles.spare, roles.writer];
  await Promise.all(
    all.map(async (server) => {
      await server.stop("immediate");
    }),
  );
  await pause(3000);
  await Promise.all(
    all.map(async (server) => {
      await server.start();
    }),
  );
  expect(await recovery(performance.now())).toBeLessThan(2 * bar);
});

test("a guard that is killed harms nobody, is started again and goes on", async () => {
  const { restarts } = lab.node.guard;
  lab.node.guard.kill("SIGKILL");
  await eventually("it is started again", () => lab.node.guard.restarts === restarts + 1);
  const fresh = Date.now();
  await eventually("it looks again", () => new Date(lab.node.metrics.at).getTime() > fresh);
  expect(load.errors()).toEqual({});
});

test("a Pgpool-II that is killed is started again, and serves everybody", async () => {
  const { restarts } = lab.node.pgpool;
  lab.node.pgpool.kill("SIGKILL");
  await eventually("it is started again", () => lab.node.pgpool.restarts === restarts + 1);
  expect(await recovery(performance.now())).toBeLessThan(bar);
});

test("a secret that is rotated: no session notices, though the node follows after half a minute only", async () => {
  const password = "the n'ew #one";
  await lab.cluster.setPassword(healthUser.username, password, roles.writer);
  lab.secret.value = { ...healthUser, password };
  await pause(25_000);
  await lab.node.agent("refresh", "--give-up-after", "20");
  await pause(12_000);
  expect(load.errors()).toEqual({});
  expect(lab.node.metrics.readerBackend).toBe("up");
  // The new one is really in use: a reader that goes and comes back is found by the guard.
  await roles.reader.stop("fast");
  await detached();
  await roles.reader.start();
  await isGood();
});

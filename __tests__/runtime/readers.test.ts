import { readFileSync } from "node:fs";
import type { Client } from "pg";
import { auroraHas, makeAurora } from "../../lab/aurora";
import { clientOf, withClient } from "../../lab/client";
import { instanceHost } from "../../lab/endpoints";
import { eventually, pause } from "../../lab/eventually";
import { Lab } from "../../lab/lab";
import { compareSettings, writtenSettings } from "../../pgpool/compare-settings";
import { labDocument } from "../../lab/node";
import type { Server } from "../../lab/server";

jest.setTimeout(180_000);
const lab = new Lab();
const login = { user: "worker", password: "works hard" };
const { one, two, three } = lab.cluster.servers;

const open: Client[] = [];
let pgpool: number | undefined;

beforeAll(async () => {
  await lab.start({ settings: { ...labDocument({}).settings, num_init_children: 32, readers: "instances" } });
  await lab.cluster.setPassword(login.user, login.password);
  await makeAurora(one);
  // The third one is not there yet, neither in the list nor by its name.
  await auroraHas(one, [{ server: two }]);
  lab.cluster.endpoints.point({ instances: [one, two] });
  await lab.cluster.caughtUp();
  pgpool = lab.node.pgpool.pid;
  await lab.node.startGuard();
});
afterAll(async () => {
  for (const client of open) await client.end().catch(() => undefined);
  await lab.stop();
});
afterEach(() => {
  expect(lab.node.pgpool.pid).toBe(pgpool);
  expect(lab.node.guard.output).not.toContain("is stopped");
});

/** Where a session's reads go. */
async function readsFrom(client: Client): Promise<string> {
  const { rows } = await client.query<{ address: string }>("SELECT host(inet_server_addr()) AS address FROM probe");
  return rows[0]?.address ?? "";
}

/** How many of so many new sessions read from each server. */
async function spread(sessions: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let count = 0; count < sessions; count += 1) {
    const address = await withClient(lab.node, login, readsFrom);
    counts[address] = (counts[address] ?? 0) + 1;
  }
  return counts;
}

/** Opens sessions until one reads from a server, and keeps that one. */
async function sessionOn(server: Server): Promise<Client> {
  for (let tries = 0; tries < 40; tries += 1) {
    const client = clientOf(lab.node, login);
    await client.connect();
    if ((await readsFrom(client)) === server.address) {
      open.push(client);
      return client;
    }
    await client.end();
  }
  throw new Error(`no session reads from ${server.name}`);
}

const stateOf = ({ name }: Server): string | undefined =>
  lab.node.metrics.readers.find((reader) => reader.name === instanceHost(name))?.state;

const becomes = async (server: Server, state: string, seconds = 30): Promise<number> => {
  const start = performance.now();
  await eventually(`${server.name} is ${state}`, () => stateOf(server) === state, seconds);
  return (performance.now() - start) / 1000;
};

test("reads go to the one reader within seconds of the guard's start, and none to the writer", async () => {
  await one.sql("CREATE TABLE probe AS SELECT 1 AS one");
  await one.sql(`GRANT SELECT ON probe TO ${login.user}`);
  await lab.cluster.caughtUp();
  console.info(`the reader has its backend after ${(await becomes(two, "up")).toFixed(1)} s`);
  expect(stateOf(one)).toBe("down");
  expect(await spread(20)).toEqual({ [two.address]: 20 });
  expect(readFileSync(lab.node.paths.readersConf, "utf8")).not.toMatch(/passw/);
});

test("a new reader has traffic within 30 s, and no session ends for it", async () => {
  const session = await sessionOn(two);
  lab.node.guard.output = "";
  lab.cluster.endpoints.point({ instances: [one, two, three] });
  await auroraHas(one, [{ server: two }, { server: three }]);
  const seconds = await becomes(three, "up");
  console.info(`a new reader has its backend after ${seconds.toFixed(1)} s`);
  expect(seconds).toBeLessThan(30);
  expect(await readsFrom(session)).toBe(two.address);
  const counts = await spread(100);
  console.info("100 sessions over two readers:", counts);
  expect(Object.keys(counts).sort()).toEqual([two.address, three.address]);
  // Even chances: fewer than 25 of 100 are as good as impossible (1 in 10 million).
  expect(Math.min(...Object.values(counts))).toBeGreaterThanOrEqual(25);
});

test("Pgpool-II has the new backends as they were written, and the guard has checked that", async () => {
  const said = () => lab.node.guard.output.includes("Pgpool-II has every setting as it was written");
  await eventually("the guard has checked it", said, 30);
  const { rows } = await withClient(lab.node, login, (client) =>
    client.query<{ item: string; value: string }>("PGPOOL SHOW ALL"),
  );
  const shown = Object.fromEntries(rows.map(({ item, value }) => [item, value]));
  const written = writtenSettings(readFileSync(lab.node.paths.readersConf, "utf8"));
  expect(written).toMatchObject({ backend_hostname3: instanceHost("three"), backend_weight3: "1" });
  expect(compareSettings(written, shown)).toEqual([]);
});

test("a frozen reader is detached alone: sessions of the other go on", async () => {
  const session = await sessionOn(three);
  two.freeze();
  // They start while nobody knows it yet: none of them may wait for the frozen one for ever.
  const starting = Promise.allSettled(Array.from({ length: 5 }, () => withClient(lab.node, login, readsFrom)));
  try {
    console.info(`a frozen reader is detached after ${(await becomes(two, "down")).toFixed(1)} s`);
    expect(stateOf(three)).toBe("up");
    expect(await readsFrom(session)).toBe(three.address);
    await session.query("BEGIN");
    expect(await readsFrom(session)).toBe(three.address);
    await session.query("COMMIT");
    expect(await spread(10)).toEqual({ [three.address]: 10 });
    const ends = (await starting).map((end) => (end.status === "fulfilled" ? end.value : String(end.reason)));
    console.info("sessions that started while it was frozen:", ends);
  } finally {
    two.thaw();
  }
  await becomes(two, "up");
  expect(await readsFrom(session)).toBe(three.address);
  // Every server of a session has to know a setting; after it this one reads from the writer.
  await session.query("SET work_mem = '5MB'");
  expect(await readsFrom(session)).toBe(one.address);
});

test("a reader that is removed is dropped, and finds its backend again when it comes back", async () => {
  const session = await sessionOn(three);
  await auroraHas(one, [{ server: three }]);
  console.info(`a removed reader is dropped after ${(await becomes(two, "down")).toFixed(1)} s`);
  await two.stop("fast");
  lab.cluster.endpoints.point({ instances: [one, three] });
  await pause(3000);
  expect(await readsFrom(session)).toBe(three.address);
  await session.query("SET work_mem = '5MB'");
  expect(await spread(10)).toEqual({ [three.address]: 10 });
  const before = readFileSync(lab.node.paths.readersConf, "utf8");
  await two.start();
  lab.cluster.endpoints.point({ instances: [one, two, three] });
  await auroraHas(one, [{ server: two }, { server: three }]);
  await becomes(two, "up");
  expect(readFileSync(lab.node.paths.readersConf, "utf8")).toBe(before);
});

test("a reader that is promoted has no reads any more, and the old writer has them", async () => {
  await lab.cluster.failOver(one, two, three);
  await auroraHas(two, [{ server: one }, { server: three }]);
  lab.cluster.endpoints.point({ writer: two.address, readers: [one.address] });
  const start = performance.now();
  await becomes(two, "down");
  await becomes(one, "up");
  console.info(`roles have changed after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  const counts = await spread(60);
  console.info("60 sessions after the failover:", counts);
  expect(Object.keys(counts).sort()).toEqual([one.address, three.address]);
  await withClient(lab.node, login, (client) => client.query("CREATE TEMP TABLE mine AS SELECT 1"));
});

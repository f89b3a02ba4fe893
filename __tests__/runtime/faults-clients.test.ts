import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { clientOf, endClient, refusal } from "../../lab/client";
import { eventually, pause } from "../../lab/eventually";
import { labDocument } from "../../lab/node";
import { ports } from "../../config/ports";
import { FaultLab, login } from "./fault-lab";

jest.setTimeout(180_000);
const faults = new FaultLab();
const { lab } = faults;
faults.use();

/** Asks for TLS, as every client does first, and leaves with the first byte that comes back. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** How one connection of a crowd ended. */
type End = "answered" | "refused" | "nothing";

const crowdLimit = 30_000;
const oneOfCrowd = async (): Promise<End> =>
  await new Promise((resolve) => {
    const socket = connect(ports.pgpool, "127.0.0.1", () => socket.write(sslRequest));
    socket.setTimeout(crowdLimit);
    const end = (how: End) => (): void => {
      socket.destroy();
      resolve(how);
    };
    socket.once("data", end("answered")).once("error", end("refused")).once("end", end("refused"));
    socket.once("timeout", end("nothing"));
  });

const usedSessions = (): number => lab.node.metrics.sessions?.used ?? Number.POSITIVE_INFINITY;

/** Those that come and go would find no place in a full node. */
const onlyPersistent = async (): Promise<void> => {
  for (const client of faults.load.clients) if (client.habit === "reconnecting") await client.stop();
};
const errorsOfStaying = () =>
  faults.load.clients
    .filter(({ habit }) => habit === "persistent")
    .flatMap(({ done }) => done.flatMap(({ error }) => (error === undefined ? [] : [error])));

test("10,000 connections in bursts: each is answered or refused, who is in stays, and the guard goes on", async () => {
  const { restarts } = lab.node.guard;
  const pgpoolRestarts = lab.node.pgpool.restarts;
  const start = performance.now();
  const ends: Record<End, number> = { answered: 0, refused: 0, nothing: 0 };
  for (let burst = 0; burst < 40; burst += 1) {
    for (const end of await Promise.all(Array.from({ length: 250 }, oneOfCrowd))) ends[end] += 1;
  }
  const seconds = (performance.now() - start) / 1000;
  console.info(`10,000 connections in ${seconds.toFixed(1)} s: ${JSON.stringify(ends)}`);
  expect(ends.answered + ends.refused).toBe(10_000);
  expect(ends.nothing).toBe(0);
  expect(errorsOfStaying()).toEqual([]);
  expect(lab.node.guard.restarts).toBe(restarts);
  expect(lab.node.pgpool.restarts).toBe(pgpoolRestarts);
  await eventually("a new client is served", async () => (await refusal(lab.node, login)) === "not refused", 20);
  const now = Date.now();
  await eventually("the guard looks", () => new Date(lab.node.metrics.at).getTime() > now, 10);
});

test("clients that never say who they are lose their places at authentication_timeout", async () => {
  const seconds = 5;
  await faults.load.stop();
  const { settings } = labDocument({});
  await lab.replaceNode({ settings: { ...settings, tunables: { authentication_timeout: seconds } } });
  await lab.node.startGuard();
  const sockets: Socket[] = [];
  // Some say nothing at all, some stop in the middle of the startup packet, some after having asked for TLS.
  const beginnings = [Buffer.alloc(0), Buffer.from([0, 0, 0, 80, 0, 3]), sslRequest];
  for (let count = 0; count < settings.num_init_children; count += 1) {
    const socket = connect(ports.pgpool, "127.0.0.1");
    socket.on("error", () => undefined).resume();
    socket.write(beginnings[count % beginnings.length] ?? "");
    sockets.push(socket);
  }
  await pause(500);
  const start = performance.now();
  expect(await refusal(lab.node, login)).not.toBe("not refused");
  await eventually("a client is served", async () => (await refusal(lab.node, login)) === "not refused", 60);
  const waited = performance.now() - start;
  console.info(`places of silent clients are free after ${(waited / 1000).toFixed(1)} s`);
  expect(waited).toBeLessThan((seconds + 3) * 1000);
  await eventually("every place is free", () => usedSessions() === 0, 3 * seconds);
  for (const socket of sockets) socket.destroy();
});

describe("clients whose host is gone without a word", () => {
  const address = "10.99.0.1";
  const keepAlive = { time: 3, intvl: 1, probes: 3 };

  test("lose their places as the kernel's keep-alive says, and so do their transactions", async () => {
    // Values of this private machine's network only; the image has longer ones, by the same names.
    const image = readFileSync("packer/rootfs/etc/sysctl.d/91-pgpool-aurora-connections.conf", "utf8");
    for (const [name, value] of Object.entries(keepAlive)) {
      expect(image).toMatch(new RegExp(`^net\\.ipv4\\.tcp_keepalive_${name} = \\d+$`, "m"));
      writeFileSync(`/proc/sys/net/ipv4/tcp_keepalive_${name}`, String(value));
    }
    await onlyPersistent();
    await eventually("only those that stay are there", () => usedSessions() === 4, 20);
    execFileSync("ip", ["address", "add", `${address}/32`, "dev", "lo"]);
    const clients = [1, 2, 3].map(() => clientOf(lab.node, { ...login, host: address }));
    for (const client of clients) await client.connect();
    await clients[0]?.query("BEGIN");
    await clients[0]?.query("INSERT INTO load_written VALUES ('never committed')");
    await eventually("they are there", () => usedSessions() === 7, 20);
    execFileSync("ip", ["address", "del", `${address}/32`, "dev", "lo"]);
    const start = performance.now();
    await eventually("their places are free", () => usedSessions() === 4, 40);
    const waited = performance.now() - start;
    console.info(`places of clients that are gone are free after ${(waited / 1000).toFixed(1)} s`);
    const { time, intvl, probes } = keepAlive;
    // The guard asks each five seconds.
    expect(waited).toBeLessThan((time + intvl * probes + 5 + 5) * 1000);
    const open = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'";
    expect((await faults.roles.writer.sql(open)).trim()).toBe("0");
    expect(errorsOfStaying()).toEqual([]);
    for (const client of clients) await endClient(client);
  });
});

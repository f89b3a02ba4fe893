import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import type { Client } from "pg";
import { clientOf, endClient } from "../../lab/client";
import { eventually, pause } from "../../lab/eventually";
import { healthUser, Lab } from "../../lab/lab";
import { Pgdoctor } from "../../lab/pgdoctor";

jest.setTimeout(120_000);
const program = process.env.PGDOCTOR;
const lab = new Lab();
let pgdoctor: Pgdoctor;
/** The load balancer waits 8 s; whatever happens, an answer must come well before that. */
const bound = 6000;

const why = "because PGDOCTOR names no pgdoctor (npm run pgdoctor -- FILE builds one)";
const when = program === undefined ? describe.skip : describe;
const name = (text: string): string => (program === undefined ? `${text}, ${why}` : text);

/** Waits until it answers so, and no later answer takes longer than the bound. */
async function becomes(status: number, seconds: number): Promise<void> {
  await eventually(
    `the health check is ${status}`,
    async () => {
      const answer = await pgdoctor.ask();
      expect(answer.milliseconds).toBeLessThan(bound);
      return answer.status === status;
    },
    seconds,
  );
}

/** Three failed checks, 10 s apart, are what the load balancer needs to give a node up. */
async function isDetached(): Promise<void> {
  await eventually("the reader is detached", () => lab.node.metrics.readerBackend === "down", 15);
  await becomes(200, 10);
}

when("pgdoctor as its unit runs it", () => {
  beforeAll(async () => {
    await lab.start();
    await lab.node.startGuard();
    pgdoctor = new Pgdoctor(lab.node, program ?? "");
    pgdoctor.service.start();
    await becomes(200, 20);
  });
  afterAll(async () => {
    await pgdoctor.service.stop("SIGTERM");
    await lab.stop();
  });
  afterEach(async () => {
    const { one, two } = lab.cluster.servers;
    for (const server of [one, two]) server.thaw();
    await eventually("the reader is attached", () => lab.node.metrics.readerBackend === "up", 40);
    await becomes(200, 40);
  });

  test(name("a good node is 200, at once"), async () => {
    for (let count = 0; count < 20; count += 1) {
      const answer = await pgdoctor.ask();
      expect(answer.status).toBe(200);
      expect(answer.milliseconds).toBeLessThan(2000);
    }
  });

  test.each(["fast", "immediate", "crash"] as const)(
    name("a node whose reader has gone (%s) is 200 again before the load balancer has given it up"),
    async (mode) => {
      await lab.cluster.servers.two.stop(mode);
      await isDetached();
      for (let count = 0; count < 5; count += 1) expect((await pgdoctor.ask()).status).toBe(200);
      await lab.cluster.servers.two.start();
    },
  );

  test(name("a node whose reader is frozen answers in time, and is 200 once the guard has detached it"), async () => {
    lab.cluster.servers.two.freeze();
    expect((await pgdoctor.ask()).milliseconds).toBeLessThan(bound);
    await isDetached();
    expect((await pgdoctor.ask()).status).toBe(200);
  });

  // The balancer keeps sending clients when every node says so: all of them answer the same.
  test(name("a node whose writer has gone is 500, and 200 when it is back"), async () => {
    await lab.cluster.servers.one.stop("fast");
    await becomes(500, 10);
    await lab.cluster.servers.one.start();
  });

  test(name("a node whose writer is frozen is 500, in time"), async () => {
    lab.cluster.servers.one.freeze();
    await becomes(500, 10);
  });

  // A check through the pool cannot tell a full node from a broken one; its sessions stay, see the scaling group.
  test(name("a full node is 500 at once, and 200 when there is a place"), async () => {
    const clients: Client[] = [];
    try {
      for (;;) {
        const client = clientOf(lab.node, { user: healthUser.username, password: healthUser.password });
        await client.connect();
        clients.push(client);
      }
    } catch {
      // the node is full
    }
    expect(clients.length).toBeGreaterThan(5);
    const answer = await pgdoctor.ask();
    expect(answer.status).toBe(500);
    expect(answer.milliseconds).toBeLessThan(2000);
    for (const client of clients) await endClient(client);
  });

  test(name("a changed password is 500 until the agent has refreshed; pgdoctor need not be told"), async () => {
    const password = "an'other #one=\\ 密";
    await lab.cluster.setPassword(healthUser.username, password);
    expect((await pgdoctor.ask()).status).toBe(500);
    lab.secret.value = { ...healthUser, password };
    await lab.node.agent("refresh", "--give-up-after", "20");
    expect((await pgdoctor.ask()).status).toBe(200);
    expect(pgdoctor.service.restarts).toBe(0);
  });

  test(name("without Pgpool-II it is 500 and goes on"), async () => {
    await lab.node.pgpool.stop("SIGINT");
    const answer = await pgdoctor.ask();
    expect(answer.status).toBe(500);
    expect(answer.milliseconds).toBeLessThan(2000);
    lab.node.pgpool.start();
  });

  test(name("in front of a Pgpool-II that is frozen it is 500, in time"), async () => {
    lab.node.pgpool.signalAll("SIGSTOP");
    const answer = await pgdoctor.ask();
    lab.node.pgpool.signalAll("SIGCONT");
    expect(answer.status).toBe(500);
    expect(answer.milliseconds).toBeLessThan(bound);
  });

  test(name("1,000 hostile requests end nothing and leave nothing in memory"), async () => {
    const { pid, restarts } = pgdoctor.service;
    const requests = [
      ...["%25s", "%25n", "%25p", "%s", "%n", "%00", "..%2f", "%25999999999d"].map((word) => `/${word.repeat(20)}`),
      `/${"A".repeat(4000)}`,
      `/${"%25s".repeat(2000)}`,
    ].map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const others = [
      Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 37) % 256)),
      "GET / HTTP/9.9\r\n\r\n",
      `GET / HTTP/1.1\r\n${"X: %s%n\r\n".repeat(500)}\r\n`,
      `POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n`,
      "\r\n\r\n\r\n",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ];
    const all = [...requests, ...others];
    const send = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        const socket = await pgdoctor.open(all[index % all.length] ?? "");
        setTimeout(() => socket.destroy(), 50);
      }
      await becomes(200, 30);
    };
    await send(100);
    const before = pgdoctor.residentKilobytes;
    await send(1000);
    expect(pgdoctor.residentKilobytes - before).toBeLessThan(2048);
    expect(pgdoctor.service).toMatchObject({ pid, restarts });
  });

  test(name("300 clients that never finish their request keep nobody from an answer"), async () => {
    const sockets: Socket[] = [];
    for (let count = 0; count < 300; count += 1) sockets.push(await pgdoctor.open("GET / HTTP/1.1\r\nHo"));
    const answer = await pgdoctor.ask();
    expect(answer.status).toBe(200);
    expect(answer.milliseconds).toBeLessThan(bound);
    for (const socket of sockets) socket.destroy();
  });

  test(name("more idle connections than it can hold are over after their ten seconds"), async () => {
    const { restarts } = pgdoctor.service;
    const sockets = await Promise.all(Array.from({ length: 1200 }, async () => await pgdoctor.open("")));
    await pause(12_000);
    await becomes(200, 30);
    expect(pgdoctor.service.restarts).toBe(restarts);
    for (const socket of sockets) socket.destroy();
  });

  test(name("when it is killed it is started again and answers"), async () => {
    const unit = readFileSync("packer/rootfs/etc/systemd/system/pgdoctor.service", "utf8");
    expect(unit).toMatch(/^Restart=always$/m);
    expect(unit).toMatch(/^StartLimitIntervalSec=0$/m);
    const { restarts } = pgdoctor.service;
    pgdoctor.service.kill("SIGKILL");
    await becomes(200, 10);
    expect(pgdoctor.service.restarts).toBe(restarts + 1);
  });
});

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { clientOf, endClient, refusal, withClient } from "../../lab/client";
import { eventually, pause } from "../../lab/eventually";
import { healthUser } from "../../lab/lab";
import { bar, FaultLab, login } from "./fault-lab";

jest.setTimeout(180_000);
const faults = new FaultLab();
const { lab } = faults;
faults.use();

test("a node that is full refuses others at once, loses no session, and the guard still sees it", async () => {
  // Those that come and go would leave a place free now and then.
  for (const client of faults.load.clients) if (client.habit === "reconnecting") await client.stop();
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
    await endClient(client);
  }
  const staying = faults.load.clients.filter(({ habit }) => habit === "persistent");
  expect(staying.flatMap(({ done }) => done.filter(({ error }) => error !== undefined))).toEqual([]);
});

test("a guard that is killed harms nobody, is started again and goes on", async () => {
  const { restarts } = lab.node.guard;
  lab.node.guard.kill("SIGKILL");
  await eventually("it is started again", () => lab.node.guard.restarts === restarts + 1);
  const fresh = Date.now();
  await eventually("it looks again", () => new Date(lab.node.metrics.at).getTime() > fresh);
  expect(faults.load.errors()).toEqual({});
});

test("a Pgpool-II that is killed is started again, and serves everybody", async () => {
  const { restarts } = lab.node.pgpool;
  lab.node.pgpool.kill("SIGKILL");
  await eventually("it is started again", () => lab.node.pgpool.restarts === restarts + 1);
  expect(await faults.recovery(performance.now())).toBeLessThan(bar);
});

test("a secret that is rotated: no session notices, though the node follows after half a minute only", async () => {
  const password = "the n'ew #one";
  await lab.cluster.setPassword(healthUser.username, password, faults.roles.writer);
  lab.secret.value = { ...healthUser, password };
  await pause(25_000);
  await lab.node.agent("refresh", "--give-up-after", "20");
  await pause(12_000);
  expect(faults.load.errors()).toEqual({});
  expect(lab.node.metrics.readerBackend).toBe("up");
  // The new one is really in use: a reader that goes and comes back is found by the guard.
  await faults.roles.reader.stop("fast");
  await faults.detached();
  await faults.roles.reader.start();
  await faults.isGood();
});

test("a full tmpfs while a secret is rotated: the refresh fails plainly, everybody goes on, and a later one heals", async () => {
  const { run, pgpoolConf } = lab.node.paths;
  const small = join(lab.node.folder, "small");
  mkdirSync(small);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k,mode=711", "small", small]);
  execFileSync("cp", ["--archive", `${run}/.`, small]);
  execFileSync("mount", ["--bind", small, run]);
  try {
    const filler = join(run, "filler");
    expect(() => {
      writeFileSync(filler, Buffer.alloc(1024 * 1024));
    }).toThrow("ENOSPC");
    const before = readFileSync(pgpoolConf, "utf8");
    const password = "rotated on a full disk";
    await lab.cluster.setPassword(healthUser.username, password, faults.roles.writer);
    lab.secret.value = { ...healthUser, password };
    await expect(lab.node.agent("refresh", "--give-up-after", "20")).rejects.toThrow(/no space left on device/);
    expect(readFileSync(pgpoolConf, "utf8")).toBe(before);
    await pause(3000);
    expect(lab.node.metrics.readerBackend).toBe("up");
    rmSync(filler);
    await lab.node.agent("refresh", "--give-up-after", "20");
    expect(readFileSync(pgpoolConf, "utf8")).not.toBe(before);
    expect(faults.load.errors()).toEqual({});
  } finally {
    for (const path of [run, small]) execFileSync("umount", ["--lazy", path]);
    // What was there before is a rotation old.
    await lab.node.agent("refresh", "--give-up-after", "20");
  }
});

test("a drain lets statements and transactions end, serves meanwhile, and is over at its limit", async () => {
  const inTransaction = async (client: Client): Promise<void> => {
    await client.query("BEGIN");
    await client.query("INSERT INTO load_written VALUES ('drained')");
    await pause(4000);
    await client.query("COMMIT");
  };
  const start = performance.now();
  const drain = lab.node.agent("drain");
  const work = [
    withClient(lab.node, login, (client) => client.query("SELECT pg_sleep(5)")),
    withClient(lab.node, login, inTransaction),
  ];
  await expect(Promise.all(work)).resolves.toHaveLength(2);
  await drain;
  const limit = 10_000;
  expect(performance.now() - start).toBeGreaterThan(limit - 1000);
  expect(performance.now() - start).toBeLessThan(limit + 5000);
  // Until here nobody was turned away; what systemd does next ends those that would never leave.
  expect(faults.load.errors()).toEqual({});
  await lab.node.pgpool.stop("SIGINT");
  const refused = performance.now();
  expect(await refusal(lab.node, login)).toMatch(/ECONNREFUSED/);
  expect(performance.now() - refused).toBeLessThan(1000);
  expect((await faults.roles.writer.sql("SELECT key FROM load_written WHERE key = 'drained'")).trim()).toBe("drained");
  lab.node.pgpool.start();
  expect(await faults.recovery(performance.now())).toBeLessThan(2 * bar);
});

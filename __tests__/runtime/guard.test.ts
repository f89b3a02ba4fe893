import { readFileSync, statSync } from "node:fs";
import { eventually, pause } from "../../lab/eventually";
import { healthUser, Lab } from "../../lab/lab";
import { idsOf } from "../../lab/machine";

jest.setTimeout(120_000);
const lab = new Lab();

beforeAll(async () => {
  await lab.start();
  await lab.node.startGuard();
});
afterAll(async () => {
  await lab.stop();
});

/** Ends the guard's kept connections, so that it has to log in again. */
const endItsConnections = async (): Promise<void> => {
  for (const server of [lab.cluster.servers.one, lab.cluster.servers.two]) {
    const of = "FROM pg_stat_activity WHERE application_name = 'pgpool-guard'";
    await server.sql(`SELECT pg_terminate_backend(pid) ${of}`);
  }
};

test("sees servers and sessions without taking a client's place", async () => {
  await eventually("sessions are known", () => lab.node.metrics.sessions !== null);
  await pause(6000);
  expect(lab.node.metrics).toMatchObject({
    writer: lab.cluster.servers.one.address,
    answering: 2,
    silent: 0,
    readerBackend: "up",
    sessions: { used: 0, limit: 16 },
    roleChanges: 0,
    failedActions: 0,
  });
});

test("keeps one connection to each server, and none for each second", async () => {
  const count = "SELECT count(*), max(extract(epoch FROM now() - backend_start)) > 3 FROM pg_stat_activity";
  const of = "WHERE application_name = 'pgpool-guard'";
  expect((await lab.cluster.servers.one.sql(`${count} ${of}`)).trim()).toBe("1|t");
  expect((await lab.cluster.servers.two.sql(`${count} ${of}`)).trim()).toBe("1|t");
});

test("changes nothing while it is not let in, and follows the secret when that has changed", async () => {
  const password = "another one";
  await lab.cluster.setPassword(healthUser.username, password);
  await endItsConnections();
  await eventually("it is let in nowhere", () => lab.node.metrics.answering === 0);
  await pause(4000);
  expect(lab.node.metrics).toMatchObject({ silent: 0, readerBackend: "up", detached: 0 });
  lab.secret.value = { ...healthUser, password };
  await lab.node.agent("refresh", "--give-up-after", "20");
  await eventually("it is let in again", () => lab.node.metrics.answering === 2, 5);
});

test("says each minute once what goes on for long, and never a password", () => {
  const { output } = lab.node.guard;
  expect(output.match(/127\.0\.1\.1 is unclear: password authentication failed/g)).toHaveLength(1);
  expect(output).not.toContain("another one");
  expect(output).not.toContain(healthUser.password);
});

test("reads files that are its own user's only, and tells no secret in its arguments or metrics", () => {
  for (const path of [lab.node.paths.guardSettings, lab.node.paths.guardPcpPassword]) {
    const { mode, uid } = statSync(path);
    expect([mode & 0o777, uid]).toEqual([0o600, idsOf("pgpool-agent").uid]);
  }
  const shown = readFileSync(`/proc/${lab.node.guard.pid}/cmdline`, "utf8") + JSON.stringify(lab.node.metrics);
  expect(shown).not.toMatch(/another one|h'e/);
});

test("goes on when Pgpool-II is away, and sees it again", async () => {
  await lab.node.pgpool.stop("SIGINT");
  await eventually("it sees that nobody answers", () => lab.node.metrics.readerBackend === "unknown", 15);
  expect(lab.node.metrics).toMatchObject({ sessions: null, answering: 2 });
  lab.node.pgpool.start();
  await eventually("it sees Pgpool-II", () => lab.node.metrics.readerBackend === "up", 15);
  expect(lab.node.guard.restarts).toBe(0);
});

test("needs less than 100 MB", () => {
  const status = readFileSync(`/proc/${lab.node.guard.pid}/status`, "utf8");
  const megabytes = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
  console.info(`the guard's most memory: ${megabytes.toFixed(0)} MB`);
  expect(megabytes).toBeLessThan(100);
});

import { Client } from "pg";
import { writerEndpoint } from "../../lab/endpoints";
import { eventually } from "../../lab/eventually";
import { Lab } from "../../lab/lab";
import type { Server } from "../../lab/server";
import { type Outcome, runBeside } from "../support/commands";
import { type Asked, FakeDatabaseAccount } from "../support/fake-database-account";

jest.setTimeout(120_000);
const lab = new Lab();
const { one, two, three } = lab.cluster.servers;

/** The RDS Data API, as far as it matters: each statement on the writer, named parameters as varchar, one at a time. */
async function execute({ sql, parameters, login }: Asked): Promise<unknown[][]> {
  const names = Object.keys(parameters);
  const text = sql.replace(/:(\w+)/g, (_, name: string) => `CAST($${names.indexOf(name) + 1} AS varchar)`);
  return await withRole(one, login, async (client) => {
    // Extended protocol, as there: it takes no second statement.
    const { rows } = await client.query<unknown[]>({
      text,
      values: Object.values(parameters),
      rowMode: "array",
      name: "s",
    });
    return rows;
  });
}

async function withRole<T>(
  { address }: Server,
  login: { readonly username: string; readonly password: string },
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const ssl = { ca: lab.cluster.authority.certificate, servername: writerEndpoint };
  const client = new Client({
    host: address,
    user: login.username,
    password: login.password,
    database: "postgres",
    ssl,
  });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

const account = new FakeDatabaseAccount("production-pgpool-health-user", execute);
const login = () => account.current ?? { username: "", password: "" };
const bootstrap = async (...more: string[]): Promise<Outcome> => {
  const options = ["--environment", "production", ...more];
  return await runBeside({ entry: "commands/db-bootstrap.ts", options, env: account.environment });
};
const stored = async (): Promise<string> =>
  (await one.sql("SELECT rolpassword FROM pg_authid WHERE rolname = 'pgpool_health'")).trim();

beforeAll(async () => {
  await lab.start();
  await account.start();
  await lab.cluster.setPassword("pgpool_admin", account.masterPassword);
  // As Aurora's rds_superuser: no superuser, but with the right to give these two on.
  await one.sql(
    "ALTER ROLE pgpool_admin CREATEROLE; GRANT pg_monitor, pg_signal_backend TO pgpool_admin WITH ADMIN OPTION",
  );
  await one.logStatements();
});
afterAll(async () => {
  await account.stop();
  await lab.stop();
});

test("makes a role that gets in with the password of the secret, on every server", async () => {
  expect(await bootstrap()).toMatchObject({ status: 0, stdout: expect.stringContaining("Changed: role") as string });
  await lab.cluster.caughtUp();
  for (const [server, standby] of [
    [one, false],
    [two, true],
  ] as const) {
    const { rows } = await withRole(
      server,
      login(),
      async (client) => await client.query("SELECT pg_is_in_recovery() AS standby"),
    );
    expect(rows).toEqual([{ standby }]);
  }
  await expect(
    withRole(one, { ...login(), password: "x" }, async () => {
      await Promise.resolve();
    }),
  ).rejects.toThrow("authentication");
});

test("leaves the password in no log of the server: PostgreSQL was only told what it stores", async () => {
  const verifier = await stored();
  expect(verifier).toMatch(/^SCRAM-SHA-256\$4096:/);
  expect(one.log).toContain(verifier.replaceAll(":", "\\x3A"));
  expect(one.log).not.toContain(login().password);
});

test("changes nothing the second time, and the password when asked to", async () => {
  const [verifier, { password }] = [await stored(), login()];
  expect(await bootstrap()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("nothing to change") as string,
  });
  expect(await stored()).toBe(verifier);
  expect((await bootstrap("--rotate")).status).toBe(0);
  expect(await stored()).not.toBe(verifier);
  await expect(
    withRole(one, { ...login(), password }, async () => {
      await Promise.resolve();
    }),
  ).rejects.toThrow("authentication");
  expect(await withRole(one, login(), async (client) => (await client.query("SELECT 1")).rowCount)).toBe(1);
});

test("is no superuser, and no more than the two roles that health checks and guard need", async () => {
  const sql =
    "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls FROM pg_roles WHERE rolname = 'pgpool_health';" +
    "SELECT string_agg(roleid::regrole::text, ' ' ORDER BY 1) FROM pg_auth_members WHERE member = 'pgpool_health'::regrole";
  expect((await one.sql(sql)).trim().split("\n")).toEqual(["f", "pg_monitor pg_signal_backend"]);
});

test("is all that Pgpool's health check, pgdoctor's session and the guard need", async () => {
  await lab.cluster.caughtUp();
  lab.secret.value = login();
  await lab.replaceNode();
  await lab.node.startGuard();
  await eventually("both servers answer the guard, and Pgpool-II has its reader", () => {
    const { answering, silent, readerBackend, sessions } = lab.node.metrics;
    return answering === 2 && silent === 0 && readerBackend === "up" && sessions !== null;
  });
  const { username: user, password } = login();
  const client = new Client({ host: lab.node.paths.sockets, port: 9999, user, password, database: "postgres" });
  await client.connect();
  expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await client.end();
});

test("sees the sessions of others and ends them, also on a writer that was demoted", async () => {
  await lab.cluster.setPassword("alice", "alice's");
  await lab.cluster.failOver(one, two, three);
  const alice = { username: "alice", password: "alice's" };
  for (const [server, standby] of [
    [two, false],
    [one, true],
  ] as const) {
    await eventually(
      "the role is there",
      async () => (await server.sql("SELECT 1 FROM pg_roles WHERE rolname = 'alice'")) !== "",
    );
    await withRole(server, alice, async (session) => {
      const errors: string[] = [];
      session.on("error", (error) => errors.push(String(error)));
      const { rows } = await session.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      const seen = await withRole(server, login(), async (client) => {
        const sql =
          "SELECT pg_is_in_recovery() AS standby, usename, client_addr IS NOT NULL AS address, pg_terminate_backend(pid) AS ended" +
          " FROM pg_stat_activity WHERE pid = $1";
        return (await client.query(sql, [rows[0]?.pid])).rows as unknown[];
      });
      expect(seen).toEqual([{ standby, usename: "alice", address: true, ended: true }]);
      await eventually("the session is told why it ends", () => errors.join().includes("administrator command"), 5);
    });
  }
});

import { readFileSync } from "node:fs";
import { healthUser, Lab } from "./support/lab";

jest.setTimeout(120_000);

/** Passwords that shells, libpq, SQL, pgpool.conf and pgdoctor.cfg each take for something else. */
const hostile = [
  "it's",
  'a"b$(id)`id`',
  "#=\\;'\\'",
  "blä 密码 🔑",
  " space ",
  "${HOME}%n%s",
  ":a:b\\",
  "AESnot+base64=",
  "x".repeat(127),
];
const first = "ordinary-1";

const lab = new Lab();
beforeAll(async () => {
  await lab.start(first);
  expect(lab.runAgent("boot")).toMatchObject({ status: 0 });
  await lab.startPgpool({ password: first });
});
afterAll(async () => {
  await lab.end();
});

/** A client that stays: `said` when the first statement has answered, `ended` with its exit code. */
function session(statements: string[]): { said: Promise<void>; ended: Promise<number | null> } {
  const connection = ["-X", "-q", "-w", "-h", "127.0.0.1", "-p", "9999", "-U", healthUser, "-d", "postgres"];
  const environment = { PGPASSWORD: current, PGSSLMODE: "require" };
  const client = lab.network.start("psql", [...connection, ...statements], { environment });
  const ended = new Promise<number | null>((resolve) => client.once("exit", resolve));
  const said = new Promise<void>((resolve, reject) => {
    client.stdout?.once("data", () => {
      resolve();
    });
    client.stderr?.once("data", (data: Buffer) => {
      reject(new Error(data.toString()));
    });
  });
  return { said, ended };
}

const readerState = (): string =>
  lab.ask("SHOW POOL_NODES", { password: current }).stdout.split("\n")[1]?.split("|")[3]?.trim() ?? "unknown";
let current = first;

test("carries a session to the database, with TLS on both sides", () => {
  const sql = "SELECT ssl, current_user FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
  expect(lab.ask(sql, { password: first })).toMatchObject({ status: 0, stdout: `t|${healthUser}\n` });
});

test("lets any user of the database in, without a list of users on the node", () => {
  lab.database.setPassword("somebody", "else's");
  expect(lab.ask("SELECT current_user", { user: "somebody", password: "else's" }).stdout).toBe("somebody\n");
});

test("refuses a wrong password", () => {
  const { status, stderr } = lab.ask("SELECT 1", { password: "wrong" });
  expect(status).toBe(2);
  expect(stderr).toContain("backend authentication failed");
});

test("refuses a client without TLS", () => {
  const { status, stderr } = lab.ask("SELECT 1", { password: first, sslmode: "disable" });
  expect(status).toBe(2);
  expect(stderr).toMatch(/no pool_hba\.conf entry for host "127\.0\.0\.1".*SSL off/);
});

test("lets the health user in over the node's socket, as pgdoctor comes, and nobody else", () => {
  const { sockets, pgdoctorPassword } = lab.root.paths;
  const connection = [
    "-X",
    "-A",
    "-t",
    "-w",
    "-h",
    sockets,
    "-p",
    "9999",
    "-d",
    "postgres",
    "-c",
    "SELECT current_user",
  ];
  const asked = (user: string) =>
    lab.network.run("psql", [...connection, "-U", user], {
      user: "nobody",
      environment: { PGPASSFILE: pgdoctorPassword },
    });
  expect(asked(healthUser).stderr).toBe("");
  expect(asked(healthUser)).toMatchObject({ status: 0, stdout: `${healthUser}\n` });
  expect(asked("somebody").stderr).toContain("no pool_hba.conf entry");
});

test("knows each setting that was written, and shows it as it was meant", () => {
  const shown = new Map(
    lab
      .ask("PGPOOL SHOW ALL", { password: first })
      .stdout.split("\n")
      .map((line) => {
        const [name = "", value = ""] = line.split("|");
        return [name, value] as const;
      }),
  );
  const written = [...readFileSync(lab.root.paths.pgpoolConf, "utf8").matchAll(/^(\w+) = '?(.*?)'?$/gm)];
  expect(written.length).toBeGreaterThan(50);
  const normalised: Readonly<Record<string, string>> = {
    backend_flag0: "DISALLOW_TO_FAILOVER",
    health_check_password1: "*****",
    pool_passwd: "*****",
  };
  const different = written
    .map(([, name = "", value = ""]) => ({ name, value: normalised[name] ?? value, shown: shown.get(name) }))
    .filter(({ value, shown: seen }) => seen?.replace(/(\d)(ms|s|min|h|MB|kB)$/, "$1") !== value.replace(/MB$/, ""));
  expect(different).toEqual([]);
});

test("reads its files again without losing a session", async () => {
  const { said, ended } = session(["-c", "SELECT 'in'", "-c", "SELECT pg_sleep(3)"]);
  await said;
  lab.changeIdleLimit(80);
  expect(lab.runAgent("refresh")).toMatchObject({ status: 0 });
  expect(await ended).toBe(0);
  expect(lab.ask("PGPOOL SHOW client_idle_limit", { password: current }).stdout).toBe("80s\n");
});

test.each(hostile)("follows a rotation to %j, and keeps the reader", (password) => {
  lab.rotate(password);
  const old = current;
  current = password;
  const { status, stdout, stderr } = lab.runAgent("refresh");
  expect(stdout + stderr).not.toContain(password);
  expect(status).toBe(0);
  expect(lab.ask("SELECT 1", { password }).stdout).toBe("1\n");
  expect(lab.ask("SELECT 1", { password: old }).status).toBe(2);
  expect(readerState()).toBe("up");
});

test("counts the sessions of the node over its control socket", () => {
  const status = JSON.parse(lab.runAgent("status", "--json").stdout) as { sessions: unknown; environment: string };
  expect(status).toMatchObject({ environment: "test", sessions: { used: 0, limit: 8 } });
});

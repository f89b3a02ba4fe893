import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { documentWith } from "../support/boot-document";
import { opensslCertificate } from "../support/certificates";
import type { FakeState } from "../support/fake-aws";
import { Database } from "./support/database";
import { Machine } from "./support/machine";
import { eventually } from "./support/network";

jest.setTimeout(120_000);

const awsPort = 8008;
const machine = new Machine();
let database: Database;
let password = "first it's #=\\";
const name = "db.example.com";
let shown = opensslCertificate(name);

const setAws = (more: Partial<FakeState> = {}): void => {
  const secret = JSON.stringify({ username: "health", password });
  const certificate = { text: JSON.stringify(shown), created: 0 };
  machine.write("/opt/aws.json", JSON.stringify({ secret, certificate, ...more }));
};
const setDocument = (changes: Parameters<typeof documentWith>[0] = {}): void => {
  const endpoints = { writerEndpoint: "127.0.0.1", readerEndpoint: "127.0.0.2" };
  const secretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:certificate-AbCdEf";
  const certificate = { kind: "secret", secretArn } as const;
  const document = documentWith({ ...endpoints, certificate, drainTimeoutSeconds: 10, ...changes });
  machine.write("/etc/pgpool-aurora/boot.json", JSON.stringify(document));
};
const requests = (): string[] => machine.run("cat", ["/opt/requests"]).stdout.trim().split("\n");
const systemctl = (...parameters: string[]): string => {
  const { stderr } = machine.run("systemctl", parameters);
  return stderr.trim();
};
const client = ["-XAtw", "-h", "127.0.0.1", "-p", "9999", "-U", "health", "-d", "postgres"];
const clientEnvironment = (): Record<string, string> => ({ PGPASSWORD: password, PGSSLMODE: "require" });
const ask = (sql: string): string =>
  machine.run("psql", [...client, "-c", sql], { environment: clientEnvironment() }).stdout;
const health = (): string =>
  machine.run("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", "http://127.0.0.1:8071/"]).stdout;

beforeAll(async () => {
  await machine.lay(() => {
    const outfile = join(machine.root, "opt/fake-aws.cjs");
    buildSync({
      entryPoints: [join(__dirname, "support/fake-aws-server.ts")],
      outfile,
      bundle: true,
      platform: "node",
    });
    const endpoint = `http://127.0.0.1:${awsPort}`;
    const environment = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
    const pairs = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    machine.write("/etc/systemd/system.conf.d/test.conf", `[Manager]\nDefaultEnvironment=${pairs.join(" ")}\n`);
    setDocument();
    machine.write("/opt/requests", "");
    setAws();
    database = new Database(machine, "/opt/pg", join(machine.root, "opt/pg"));
    machine.write("/usr/local/share/pgpool-aurora/database-ca.pem", database.certificate);
  });
  await machine.boot();
  machine.start(process.execPath, ["/opt/fake-aws.cjs", String(awsPort), "/opt/aws.json", "/opt/requests"]);
  await database.start();
  database.setPassword("health", password);
});
afterAll(async () => {
  await machine.end();
});

test("starts Pgpool-II and its health check after boot, each in its sandbox", async () => {
  systemctl("start", "pgpool-log.service");
  expect(systemctl("start", "pgpool.service")).toBe("");
  await eventually("the health check is green", () => health() === "200");
  const units = ["pgpool-boot", "pgpool", "pgpool-guard", "pgdoctor", "pgpool-log"];
  expect(units.map((unit) => machine.state(unit))).toEqual(units.map(() => "active"));
  await eventually("the guard sees the writer", () => {
    const { status, stdout } = machine.run("cat", ["/run/pgpool-guard/metrics.json"]);
    return status === 0 && (JSON.parse(stdout) as { writer: string | null }).writer !== null;
  });
  expect(ask("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).toBe("t\n");
});

test("keeps secrets off the disk", () => {
  expect(machine.run("stat", ["-f", "-c", "%T", "/run/pgpool-aurora"]).stdout).toBe("tmpfs\n");
  const found = machine.run("grep", ["-rlF", "--", password, "/etc", "/var", "/run"]).stdout.trim().split("\n");
  expect(found.sort()).toEqual(["/run/pgpool-aurora/guard.json", "/run/pgpool-aurora/pgdoctor.pgpass"]);
});

test("copies what the journal says to the file that the CloudWatch agent reads", async () => {
  const log = (): string => machine.run("cat", ["/var/log/pgpool-aurora/node.log"]).stdout;
  await eventually("the log has it", () => log().includes("pgpool-II successfully started"));
  expect(log()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000 .* pgpool-agent\[\d+\]: written: /m);
  expect(log()).not.toContain(password);
});

test("follows a rotation by reload, with the same process", async () => {
  const process = (): string => machine.run("systemctl", ["show", "--value", "-p", "MainPID", "pgpool"]).stdout;
  const before = process();
  password = 'second "$x" 密';
  database.setPassword("health", password);
  setAws();
  expect(systemctl("start", "pgpool-refresh.service")).toBe("");
  expect(machine.journal("pgpool-refresh")).toContain("pgpool.service told of its new files");
  expect(process()).toBe(before);
  expect(ask("SELECT 1")).toBe("1\n");
  await eventually("the health check is green", () => health() === "200");
});

/** Whether new clients accept the node's certificate when they trust only this one. */
const isShown = (certificate: typeof shown): boolean => {
  machine.write("/opt/trusted.pem", certificate.certificate);
  const environment = { ...clientEnvironment(), PGSSLMODE: "verify-ca", PGSSLROOTCERT: "/opt/trusted.pem" };
  return machine.run("psql", [...client, "-c", "SELECT 1"], { environment }).stdout === "1\n";
};

test("shows the certificate of the secret", () => {
  expect([isShown(shown), isShown(opensslCertificate(name))]).toEqual([true, false]);
});

test("drains and restarts for another certificate: a statement runs to its end, and the health check comes back", async () => {
  const old = shown;
  shown = opensslCertificate(name);
  setAws();
  machine.run("sh", ["-c", `psql ${client.join(" ")} -c 'SELECT pg_sleep(5) IS NOT NULL' >/opt/answer 2>&1 &`], {
    environment: clientEnvironment(),
  });
  await eventually(
    "the session is in",
    () => ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep(5)%'") >= "2",
  );
  expect(systemctl("start", "pgpool-refresh.service")).toBe("");
  await eventually("the health check is red", () => health() === "000");
  expect(isShown(old)).toBe(true);
  await eventually("the new certificate is shown", () => isShown(shown));
  expect(machine.run("cat", ["/opt/answer"]).stdout).toBe("t\n");
  expect(machine.journal("pgpool")).toContain("every session has ended after 10 s");
  await eventually("the health check is green", () => health() === "200");
});

test("says nothing in the journal while the secret stays the same", () => {
  const before = machine.journal("pgpool-refresh");
  systemctl("start", "pgpool-refresh.service");
  expect(machine.journal("pgpool-refresh")).toBe(before);
});

test("has root write the backends that the guard asks for, and Pgpool-II read them without a start", async () => {
  const reloads = (): number => machine.journal("pgpool").split("reload config files").length;
  const process = (): string => machine.run("systemctl", ["show", "--value", "-p", "MainPID", "pgpool"]).stdout;
  const before = process();
  setDocument({ writerEndpoint: "db.cluster-x.test", settings: { readers: "instances" } });
  expect(systemctl("start", "pgpool-refresh.service", "pgpool-readers.path")).toBe("");
  await eventually("the include is read", () => reloads() > 1);
  const known = reloads();
  // As the guard does, with no right to write what Pgpool-II reads.
  const list = "/run/pgpool-guard/readers.json";
  const write = `umask 022; echo '["db-1"]' >${list}.new; mv ${list}.new ${list}; echo >>/run/pgpool-aurora/readers.conf`;
  const guard = ["--reuid", "pgpool-agent", "--regid", "pgpool-agent", "--clear-groups"];
  expect(machine.run("setpriv", [...guard, "sh", "-c", write]).stderr).toMatch(/readers\.conf: Permission denied/);
  await eventually("they are written", () => machine.journal("pgpool-readers").includes("backends: 1 db-1.x.test"));
  expect(machine.run("cat", ["/run/pgpool-aurora/readers.conf"]).stdout).toContain("backend_hostname1 = 'db-1.x.test'");
  await eventually("they are read", () => reloads() > known);
  expect(process()).toBe(before);
  systemctl("stop", "pgpool-readers.path");
  setDocument();
  expect(systemctl("start", "pgpool-refresh.service")).toBe("");
});

test("drains when it is stopped: running statements end, then Pgpool-II, and a start brings the health check back", async () => {
  const statement = "SELECT pg_sleep(6) IS NOT NULL";
  machine.run("sh", ["-c", `psql ${client.join(" ")} -c '${statement}' >/opt/answer 2>&1 &`], {
    environment: clientEnvironment(),
  });
  await eventually(
    "the session is in",
    () => ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep(6)%'") >= "2",
  );
  expect(systemctl("--no-block", "stop", "pgpool.service")).toBe("");
  await eventually("the health check is red", () => health() === "000");
  expect(machine.state("pgpool")).toBe("deactivating");
  expect(ask("SELECT 1")).toBe("1\n");
  await eventually("Pgpool-II stops", () => machine.state("pgpool") === "inactive");
  expect(machine.run("cat", ["/opt/answer"]).stdout).toBe("t\n");
  expect(machine.journal("pgpool")).toContain("every session has ended after 10 s");
  systemctl("start", "pgpool.service");
  await eventually("the health check is green", () => health() === "200");
});

test("ends the sessions that are left at the limit", async () => {
  machine.run("sh", ["-c", `psql ${client.join(" ")} -c 'SELECT pg_sleep(90)' >/opt/answer 2>&1 &`], {
    environment: clientEnvironment(),
  });
  await eventually(
    "the session is in",
    () => ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep(90)%'") >= "2",
  );
  const start = Date.now();
  systemctl("stop", "pgpool.service");
  expect((Date.now() - start) / 1000).toBeLessThan(20);
  expect(machine.state("pgpool")).toBe("inactive");
  expect(machine.journal("pgpool")).toContain("the limit has passed, 1 sessions are left after 10 s");
});

test("leaves when the scaling group ends the node, and finishes its hook", () => {
  systemctl("start", "pgpool.service");
  expect(systemctl("start", "pgpool-drain.service")).toBe("");
  expect(machine.state("pgpool")).toBe("active");
  setAws({ targetLifecycleState: "Terminated" });
  expect(systemctl("start", "pgpool-drain.service") + machine.journal("pgpool-drain")).not.toContain("failed");
  expect(machine.state("pgpool")).toBe("inactive");
  expect(requests().at(-1)).toContain("CompleteLifecycleAction LifecycleHookName=drain");
});

test("has the node replaced when Pgpool-II cannot run although the database answers", async () => {
  machine.run("ln", ["-sf", "/bin/false", "/usr/local/bin/pgpool"]);
  systemctl("start", "pgpool.service");
  await eventually(
    "the node is declared unhealthy",
    () => requests().at(-1)?.startsWith("SetInstanceHealth") === true,
    60,
  );
  expect(machine.state("pgpool")).toBe("failed");
  machine.run("ln", ["-sf", "/usr/sbin/pgpool", "/usr/local/bin/pgpool"]);
});

test("does not start Pgpool-II after a boot that failed, says why, and has the node replaced", async () => {
  const before = requests().length;
  systemctl("reset-failed");
  systemctl("stop", "pgpool-boot.service");
  machine.run("rm", ["-rf", "/run/pgpool-aurora"]);
  setAws({ secret: { error: "ResourceNotFoundException" } });
  expect(systemctl("start", "pgpool.service")).toContain("A dependency job for pgpool.service failed");
  expect(["pgpool-boot", "pgpool", "pgdoctor"].map((unit) => machine.state(unit))).toEqual([
    "failed",
    "inactive",
    "inactive",
  ]);
  expect(health()).toBe("000");
  await eventually("the node is declared unhealthy", () => requests().length > before);
  const log = join(machine.root, "var/log/pgpool-aurora/node.log");
  // The journal brings its lines there when it gets to it.
  await eventually("the log says why", () =>
    readFileSync(log, "utf8").includes("attempt 1 failed: ResourceNotFoundException"),
  );
  expect(machine.run("ls", ["/run/pgpool-aurora"]).stdout).toBe("amazon-cloudwatch-agent.json\n");
});

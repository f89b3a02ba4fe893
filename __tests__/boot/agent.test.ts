import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { selfSigned } from "../../agent/certificate";
import { encryptPassword } from "../../pgpool/encrypt-password";
import { documentWith } from "../support/boot-document";
import { opensslCertificate } from "../support/certificates";
import { fakeAws, type FakeState } from "../support/fake-aws";
import { bundleAgent } from "./support/bundle";
import { idsOf, type Outcome } from "./support/network";
import { NodeRoot, standIns } from "./support/node-root";
import { startAgent } from "./support/run-agent";

jest.setTimeout(60_000);

const agent = bundleAgent();
afterAll(() => {
  agent.remove();
});

let root: NodeRoot;
let state: FakeState;
let server: Server;
let port: number;

const secretOf = (password: string): string => JSON.stringify({ username: "health", password });
const listen = async (at = 0): Promise<void> => {
  await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
};
const unlisten = async (): Promise<void> => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
};

beforeEach(async () => {
  root = new NodeRoot();
  root.write(root.paths.bootDocument, JSON.stringify(documentWith()));
  root.write(root.paths.databaseCertificates, "certificates");
  state = { secret: secretOf("first") };
  server = fakeAws(
    () => state,
    () => undefined,
  );
  await listen();
});
afterEach(async () => {
  await unlisten();
  root.remove();
});

const start = (command: string, ...more: string[]) =>
  startAgent(agent.path, [command, ...more], {
    PATH: `${root.folder}/bin:/usr/sbin:${process.env.PATH ?? ""}`,
    PGPOOL_AGENT_ROOT: root.folder,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
const run = async (command: string, ...more: string[]): Promise<Outcome> => await start(command, ...more).outcome;
const written = (): string[] => (existsSync(root.paths.run) ? readdirSync(root.paths.run).sort() : []);
const fingerprints = (): string[] =>
  written().map((name) => {
    const { ino, mtimeMs } = statSync(join(root.paths.run, name));
    return `${name} ${ino} ${mtimeMs}`;
  });
const onlyLogs = ["amazon-cloudwatch-agent.json"];

describe("boot", () => {
  test("writes every file for the user who needs it, and closes those that hold a secret", async () => {
    expect(await run("boot")).toMatchObject({ status: 0 });
    const { pgpool, pgdoctor, "pgpool-agent": agent } = standIns;
    const expected: Record<string, [string, number]> = {
      "agent.pcppass": ["root", 0o600],
      "amazon-cloudwatch-agent.json": ["root", 0o644],
      "guard.json": [agent, 0o600],
      "guard.pcppass": [agent, 0o600],
      "pcp.conf": [pgpool, 0o600],
      "pgdoctor.cfg": [pgdoctor, 0o600],
      "pgdoctor.pgpass": [pgdoctor, 0o600],
      "pgpool.conf": [pgpool, 0o600],
      "pool.key": [pgpool, 0o600],
      "pool_hba.conf": [pgpool, 0o600],
      "server.crt": [pgpool, 0o644],
      "server.key": [pgpool, 0o600],
    };
    expect(written().filter((name) => !name.endsWith(".applied"))).toEqual(Object.keys(expected));
    for (const [name, [user, mode]] of Object.entries(expected)) {
      const found = statSync(join(root.paths.run, name));
      const { uid, gid } = idsOf(user);
      expect([name, found.uid, found.gid, found.mode & 0o777]).toEqual([name, uid, gid, mode]);
    }
  });

  test("changes nothing and says nothing when it runs again", async () => {
    await run("boot");
    const before = fingerprints();
    expect(await run("boot")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(fingerprints()).toEqual(before);
  });

  test("refuses a document with missing and unknown fields in one message, and writes where logs go", async () => {
    const document = { ...documentWith(), secretArn: undefined, writerEndpoint: undefined, writer: "w.example.com" };
    root.write(root.paths.bootDocument, JSON.stringify(document));
    const { status, stderr } = await run("boot");
    expect(status).toBe(1);
    expect(stderr).toContain("boot.json has 3 faults; nothing was written.");
    for (const field of ["\nsecretArn\n", "\nwriterEndpoint\n", "\nwriter\n"]) expect(stderr).toContain(field);
    expect(written()).toEqual(onlyLogs);
  });

  test("refuses to be without the certificates that the database's own is checked against", async () => {
    execFileSync("rm", [root.paths.databaseCertificates]);
    const { status, stderr } = await run("boot");
    expect([status, written()]).toEqual([1, onlyLogs]);
    expect(stderr).toContain("database-ca.pem is missing");
  });

  test("gives up on a denied secret, having said of each attempt why it failed", async () => {
    state = { secret: { error: "AccessDeniedException" } };
    const { status, stderr } = await run("boot", "--give-up-after", "4");
    expect([status, written()]).toEqual([1, onlyLogs]);
    expect(stderr).toMatch(/attempt 1 failed: AccessDeniedException: refused by the test; next in 1 s\n/);
    expect(stderr).toMatch(/attempt 3 failed: AccessDeniedException: refused by the test; gave up after 3 s\n$/);
  });

  test("asks no second time for a secret that does not exist", async () => {
    state = { secret: { error: "ResourceNotFoundException" } };
    const { status, stderr } = await run("boot");
    expect(status).toBe(1);
    expect(stderr).toMatch(/attempt 1 failed: ResourceNotFoundException: .*; another one would fail too\n$/);
  });

  test.each(["hunter2", '{"password":"hunter2"}', '{"username":"health","password":"hunter2\\n"}', '["hunter2"]'])(
    "refuses the malformed secret %s without repeating it",
    async (secret) => {
      state = { secret };
      const { status, stderr, stdout } = await run("boot");
      expect([status, written()]).toEqual([1, onlyLogs]);
      expect(stderr).toContain("secret arn:aws:secretsmanager");
      expect(stderr + stdout).not.toContain("hunter2");
    },
  );

  test("waits for a network that is down at first", async () => {
    await unlisten();
    const { outcome } = start("boot");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await listen(port);
    const { status, stderr } = await outcome;
    expect(stderr).toContain("attempt 1 failed: Error: connect ECONNREFUSED".replace("Error: ", ""));
    expect(status).toBe(0);
  });

  test.each(["it's", 'a"b$(id)`id`', "#=\\\\;", "blä 密码 🔑", " space ", "${HOME}%n%s", ":colon:", "-- x"])(
    "carries the password %j into each file's own form and nowhere else",
    async (password) => {
      state = { secret: secretOf(password) };
      const { status, stdout, stderr } = await run("boot");
      expect(status).toBe(0);
      const read = (path: string): string => readFileSync(path, "utf8");
      const form = encryptPassword(password, read(root.paths.poolKey).trim());
      expect(read(root.paths.pgpoolConf)).toContain(`health_check_password1 = '${form}'\n`);
      const escaped = password.replace(/[\\:]/g, "\\$&");
      expect(read(root.paths.pgdoctorPassword)).toBe(`${root.paths.sockets}:9999:postgres:health:${escaped}\n`);
      expect(read(root.paths.pgdoctorCfg)).toContain("pg_password = ''\n");
      expect(stdout + stderr).not.toContain(password);
    },
  );
});

describe("refresh", () => {
  const systemctl = (): string[] =>
    existsSync(join(root.folder, "calls")) ? readFileSync(join(root.folder, "calls"), "utf8").trim().split("\n") : [];

  beforeEach(async () => {
    mkdirSync(join(root.folder, "bin"));
    for (const name of ["systemctl", "pcp_node_info"]) {
      const path = join(root.folder, "bin", name);
      writeFileSync(path, `#!/bin/sh\necho "${name} $1" >> ${root.folder}/calls\n`);
      chmodSync(path, 0o755);
    }
    await run("boot");
  });

  test("writes what a rotation changes, and has Pgpool-II reload once", async () => {
    const before = fingerprints();
    state = { secret: secretOf("second") };
    expect(await run("refresh")).toMatchObject({ status: 0 });
    expect(await run("refresh")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(systemctl().filter((call) => !call.startsWith("pcp"))).toEqual(["systemctl try-reload-or-restart"]);
    const changed = fingerprints().filter((line) => !before.includes(line));
    expect(changed.map((line) => line.split(" ")[0])).toEqual([
      "guard.json",
      "pgdoctor.pgpass",
      "pgpool.applied",
      "pgpool.conf",
    ]);
  });

  test("leaves everything as it was when the secret cannot be had", async () => {
    const before = fingerprints();
    state = { secret: { error: "InternalServiceError" } };
    expect(await run("refresh", "--give-up-after", "1")).toMatchObject({ status: 1 });
    expect([fingerprints(), systemctl()]).toEqual([before, []]);
  });

  test("leaves everything as it was when the disk is full, and catches up when it is not", async () => {
    const { run: folder } = root.paths;
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=128k,mode=711", "tmpfs", folder]);
    try {
      expect(await run("boot")).toMatchObject({ status: 0 });
      expect(() => {
        writeFileSync(join(folder, "filler"), Buffer.alloc(256 * 1024));
      }).toThrow("ENOSPC");
      const before = fingerprints();
      state = { secret: secretOf("second") };
      const { status, stderr } = await run("refresh");
      expect(status).toBe(1);
      expect(stderr).toContain("ENOSPC");
      expect(fingerprints()).toEqual(before);
      execFileSync("rm", [join(folder, "filler")]);
      expect(await run("refresh")).toMatchObject({ status: 0 });
      expect(readFileSync(root.paths.pgdoctorPassword, "utf8")).toContain(":second\n");
    } finally {
      execFileSync("umount", [folder]);
    }
  });

  test("leaves whole files, old or new, when it is killed at any moment of a rotation", async () => {
    const { length: whole } = readFileSync(root.paths.pgpoolConf);
    const ended: (number | null)[] = [];
    for (const [index, milliseconds] of [150, 200, 230, 260, 280, 300, 320, 340, 360, 400].entries()) {
      state = { secret: secretOf(`rotation ${index}`) };
      const { process: child, outcome } = start("refresh");
      setTimeout(() => child.kill("SIGKILL"), milliseconds);
      ended.push((await outcome).status);
      // The secrets are chosen so that their encrypted forms are equally long.
      expect(readFileSync(root.paths.pgpoolConf)).toHaveLength(whole);
      expect(readFileSync(root.paths.pgdoctorPassword, "utf8")).toMatch(/:(first|rotation \d)\n$/);
    }
    expect(ended).toContain(null);
    expect(await run("refresh")).toMatchObject({ status: 0 });
    expect(readFileSync(root.paths.pgdoctorPassword, "utf8")).toMatch(/:rotation 9\n$/);
  });
});

describe("the certificate of a secret", () => {
  const secretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:certificate-AbCdEf";
  const [first, second] = [opensslCertificate("db.example.com"), opensslCertificate("db.example.com")];
  const old = selfSigned("db.example.com", new Date("2010-01-01"));
  const given = (value: unknown, created = 0) => ({ certificate: { text: JSON.stringify(value), created } });
  const shown = (): string => readFileSync(root.paths.serverCertificate, "utf8");

  beforeEach(() => {
    root.write(root.paths.bootDocument, JSON.stringify(documentWith({ certificate: { kind: "secret", secretArn } })));
    state = { ...state, ...given(first) };
  });

  test("is written with its key, for Pgpool-II's user alone", async () => {
    expect(await run("boot")).toMatchObject({ status: 0 });
    expect([shown(), readFileSync(root.paths.serverKey, "utf8")]).toEqual([first.certificate, first.privateKey]);
    const { uid, mode } = statSync(root.paths.serverKey);
    expect([uid, mode & 0o777]).toEqual([idsOf(standIns.pgpool).uid, 0o600]);
    expect(await run("boot")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("is refused at boot when its key is another one's, without a word of it", async () => {
    state = { ...state, ...given({ ...first, privateKey: second.privateKey }) };
    const { status, stdout, stderr } = await run("boot");
    expect([status, written()]).toEqual([1, onlyLogs]);
    expect(stderr).toBe(`secret ${secretArn}: privateKey is not that of the first certificate\n`);
    expect(stdout + stderr).not.toContain(second.privateKey.slice(40, 60));
  });

  test.each([
    [
      "holds something else",
      { nonsense: true },
      0,
      /certificate is missing or no text; .* the certificate that is shown stays\n/,
    ],
    [
      "holds an old one",
      { certificate: old.certificate, privateKey: old.key },
      0,
      /the certificate has expired: .* stays\n/,
    ],
    ["has another one that is not this node's turn", second, Date.now() / 1000 + 86_400, /^$/],
  ])("stays at a refresh when the secret %s", async (_, value, created, said) => {
    await run("boot");
    state = { ...state, ...given(value, created) };
    const { status, stderr } = await run("refresh");
    expect(status).toBe(0);
    expect(stderr).toMatch(said);
    expect(shown()).toBe(first.certificate);
  });

  test("is followed when it is this node's turn, and the health user's secret goes on being followed", async () => {
    mkdirSync(join(root.folder, "bin"));
    writeFileSync(join(root.folder, "bin/systemctl"), `#!/bin/sh\necho "$*" >> ${root.folder}/calls\n`, {
      mode: 0o755,
    });
    await run("boot");
    state = { secret: secretOf("second"), ...given(second) };
    expect(await run("refresh")).toMatchObject({ status: 0 });
    expect(shown()).toBe(second.certificate);
    expect(readFileSync(join(root.folder, "calls"), "utf8").trim().split("\n")).toEqual([
      "try-reload-or-restart pgpool.service",
      "--no-block try-restart pgpool.service",
    ]);
  });
});

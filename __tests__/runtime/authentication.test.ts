import { clientOf, endClient, refusal, withClient } from "../../lab/client";
import { eventually } from "../../lab/eventually";
import { healthUser, Lab } from "../../lab/lab";
import { run } from "../../lab/machine";

jest.setTimeout(120_000);
const lab = new Lab();
const alice = { user: "alice", password: "correct horse" };

beforeAll(async () => {
  await lab.start();
  await lab.cluster.setPassword(alice.user, alice.password);
});
afterAll(async () => {
  await lab.stop();
});

const tls = (more: object) => ({ ca: lab.node.certificate, servername: "pgpool-aurora-lab", ...more });

/** Waits until Pgpool-II has logged a reason, which clients are not told. */
const said = async (pattern: RegExp): Promise<void> => {
  await eventually(String(pattern), () => pattern.test(lab.node.pgpool.output), 5);
};

test("any user of the database gets in without being listed on the node, and TLS goes on to the database", async () => {
  const sql = "SELECT current_user AS name, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
  const { rows } = await withClient(lab.node, alice, async (client) => await client.query(sql));
  expect(rows).toEqual([{ name: "alice", ssl: true }]);
});

test.each([
  ["a wrong password", { password: "wrong" }, /authentication failed/],
  ["an unknown user", { user: "nobody-knows", password: "x" }, /authentication failed/],
  ["an unknown database", { database: "nowhere" }, /database "nowhere" does not exist/],
  ["an empty password", { password: () => "" }, /authentication failed|password/],
])("%s is refused, and the message says why", async (_, changes, message) => {
  expect(await refusal(lab.node, { ...alice, ...changes })).toMatch(message);
});

test("a client without TLS is refused before it is asked for a password", async () => {
  let asked = false;
  const password = (): string => {
    asked = true;
    return alice.password;
  };
  expect(await refusal(lab.node, { ...alice, password, ssl: false })).toBe("client authentication failed");
  expect(asked).toBe(false);
  await said(/no pool_hba.conf entry for host "127.0.0.1", user "alice".*SSL off/);
});

test("a client that knows no more than TLS 1.1 is refused by the node; one that knows 1.2 is not", async () => {
  // Security level 0, so that it is not the client who refuses.
  const old = tls({ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" });
  // Each is the server's: of Pgpool-II's own minimum, of its OpenSSL's security level, of its ciphers.
  expect(await refusal(lab.node, { ...alice, ssl: old })).toMatch(
    /alert (protocol version|internal error|handshake failure)/,
  );
  expect(await refusal(lab.node, { ...alice, ssl: tls({ maxVersion: "TLSv1.2" }) })).toBe("not refused");
});

/** What a client without libpq hears: the server's alert, or the cipher that both agree on. */
const handshake = async (...options: string[]): Promise<string> => {
  const connect = ["s_client", "-connect", "127.0.0.1:9999", "-starttls", "postgres", ...options];
  const { stdout, stderr } = await run("openssl", connect);
  return /SSL alert number \d+/.exec(stderr)?.[0] ?? /^New, (.*)$/m.exec(stdout)?.[1] ?? stderr;
};
const anyway = "@SECLEVEL=0";

// Alert 70: protocol version; 80: its OpenSSL's security level; 40: none of its ciphers is in an old version.
test.each(["-tls1", "-tls1_1"])("the node itself refuses %s to a client that insists on it", async (version) => {
  expect(await handshake(version, "-cipher", `ALL:${anyway}`)).toMatch(/^SSL alert number (40|70|80)$/);
});

// Alert 40: handshake failure, no cipher in common.
test.each([
  ["without forward secrecy", "AES128-GCM-SHA256"],
  ["in CBC mode with SHA-1", "ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA"],
  ["in CBC mode with SHA-256", "ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256"],
  ["without a certificate", "aNULL"],
  ["without encryption", "eNULL"],
])("the node refuses ciphers %s", async (_, ciphers) => {
  expect(await handshake("-tls1_2", "-cipher", `${ciphers}:${anyway}`)).toBe("SSL alert number 40");
});

test("the node agrees on what is left, in TLS 1.2 and 1.3", async () => {
  expect(await handshake("-tls1_2")).toMatch(/^TLSv1\.2, Cipher is ECDHE-ECDSA-(AES256-GCM-SHA384|CHACHA20-POLY1305)$/);
  expect(await handshake("-tls1_3")).toMatch(/^TLSv1\.3, Cipher is TLS_/);
});

test("a client that checks the node's certificate against another authority does not send its password", async () => {
  const other = tls({ ca: lab.cluster.authority.certificate });
  expect(await refusal(lab.node, { ...alice, ssl: other })).toMatch(/certificate/);
});

test("on the node's own socket only the health user gets in", async () => {
  const local = { host: lab.node.paths.sockets, ssl: false };
  expect(await refusal(lab.node, { ...alice, ...local })).toBe("client authentication failed");
  await said(/no pool_hba.conf entry for host "\[local\]", user "alice"/);
  const { username: user, password } = healthUser;
  expect(await refusal(lab.node, { user, password, ...local })).toBe("not refused");
});

test("a password that was changed is refused at once, and the new one accepted, also after many sessions", async () => {
  const user = "rotating";
  await lab.cluster.setPassword(user, "old");
  for (let session = 0; session < 20; session += 1) {
    expect(await refusal(lab.node, { user, password: "old" })).toBe("not refused");
  }
  await lab.cluster.setPassword(user, "new");
  for (let session = 0; session < 20; session += 1) {
    expect(await refusal(lab.node, { user, password: "old" })).toMatch(/authentication failed/);
    expect(await refusal(lab.node, { user, password: "new" })).toBe("not refused");
  }
});

test("a session that is open goes on when its password is changed", async () => {
  await lab.cluster.setPassword("staying", "old");
  const client = clientOf(lab.node, { user: "staying", password: "old" });
  await client.connect();
  await lab.cluster.setPassword("staying", "new");
  await expect(client.query("SELECT 1 AS one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
  await endClient(client);
});

test.each([
  "it's",
  'a"b$c#d=e\\f',
  "%s%n%x",
  "$(id) `id` ; -- /*",
  " leading and trailing ",
  "blä 密码 🔑",
  "AESc2VjcmV0",
  "x".repeat(127),
  "x".repeat(400),
])("the password %j goes through as it is", async (password) => {
  await lab.cluster.setPassword("hostile", password);
  expect(await refusal(lab.node, { user: "hostile", password })).toBe("not refused");
  expect(await refusal(lab.node, { user: "hostile", password: `${password}x` })).toMatch(/authentication failed/);
});

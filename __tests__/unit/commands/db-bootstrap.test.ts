import { type Asked, AwsRefusal, FakeDatabaseAccount } from "../../support/fake-database-account";
import { type Outcome, runBeside } from "../../support/commands";

const password = /^[\w-]{43}$/;
interface Role {
  login: boolean;
  verifier: string;
  readonly of: string[];
}
let roles: Map<string, Role>;
let account: FakeDatabaseAccount;

/** As much of PostgreSQL as the command asks; that the statements are SQL is proved against a real one (runtime). */
function execute({ sql, parameters, login }: Asked): unknown[][] {
  const { name = "", role = "" } = parameters;
  const known = roles.get(name);
  const named = roles.get(/"(\w+)"/.exec(sql)?.[1] ?? "");
  if (login.username !== "pgpool_admin" && roles.get(login.username)?.verifier === "") {
    throw new Error(`FATAL: password authentication failed for user "${login.username}"`);
  }
  if (sql.includes("pg_has_role")) return [[known?.of.includes(role) === true]];
  if (sql.startsWith("SELECT 1 FROM")) return known === undefined ? [] : [[1]];
  if (sql.startsWith("SELECT rolcanlogin")) return [[known?.login]];
  if (sql.startsWith("CREATE ROLE")) roles.set(/"(\w+)"/.exec(sql)?.[1] ?? "", { login: true, verifier: "", of: [] });
  if (sql.startsWith("GRANT")) named?.of.push(/GRANT (\w+)/.exec(sql)?.[1] ?? "");
  if (sql.endsWith(" LOGIN") && named !== undefined) named.login = true;
  if (sql.includes("PASSWORD") && named !== undefined) named.verifier = /E'(.*)'/.exec(sql)?.[1] ?? "";
  return [];
}

beforeEach(async () => {
  roles = new Map();
  account = new FakeDatabaseAccount("production-pgpool-health-user", execute);
  await account.start();
});
afterEach(async () => {
  await account.stop();
});

const bootstrap = async (...more: string[]): Promise<Outcome> => {
  const options = ["--environment", "production", ...more];
  return await runBeside({ entry: "commands/db-bootstrap.ts", options, env: account.environment });
};

/** What the role has to be after every run that went well. */
const expectDone = ({ status, stderr }: Outcome): void => {
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const role = roles.get("pgpool_health");
  expect(role).toMatchObject({ login: true, of: ["pg_monitor", "pg_signal_backend"] });
  expect(role?.verifier).toMatch(/^SCRAM-SHA-256\$4096\\x3A[\w+/=]{24}\$[\w+/=]{44}\\x3A[\w+/=]{44}$/);
  expect(account.current?.username).toBe("pgpool_health");
  expect(account.at("AWSPENDING")).toBeUndefined();
};

beforeAll(() => {
  // The clients of AWS warn of Node.js 20 on stderr.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
});

test("makes the role, and a password that only the secret holds", async () => {
  const outcome = await bootstrap();
  expectDone(outcome);
  const made = account.current?.password ?? "";
  expect(made).toMatch(password);
  expect(outcome.stdout).toContain("Changed: role, pg_monitor, pg_signal_backend, password.");
  expect(outcome.stdout + account.calls.join("\n")).not.toContain(made);
  expect(outcome.stdout).not.toContain("SCRAM");
});

test("stages the password before the database learns of it, and promotes it afterwards", async () => {
  await bootstrap();
  const order = account.calls.map((call) => call.split(" ").slice(0, 2).join(" "));
  expect(order).toEqual([
    "PutSecretValue",
    "CREATE ROLE",
    "GRANT pg_monitor",
    "GRANT pg_signal_backend",
    "ALTER ROLE",
    "UpdateSecretVersionStage AWSPENDING",
  ]);
});

test("changes nothing the second time", async () => {
  await bootstrap();
  const before = { ...account.current, calls: account.calls.length, verifier: roles.get("pgpool_health")?.verifier };
  const again = await bootstrap();
  expectDone(again);
  expect(again.stdout).toContain("nothing to change");
  expect({ ...account.current, calls: account.calls.length, verifier: roles.get("pgpool_health")?.verifier }).toEqual(
    before,
  );
});

test("gives it a new password when asked to, and moves both stages", async () => {
  await bootstrap();
  const old = account.current?.password;
  const outcome = await bootstrap("--rotate");
  expectDone(outcome);
  expect(outcome.stdout).toContain("Changed: password.");
  expect(account.current?.password).toMatch(password);
  expect(account.current?.password).not.toBe(old);
  expect(account.calls.slice(-2)).toEqual([
    "UpdateSecretVersionStage AWSCURRENT",
    "UpdateSecretVersionStage AWSPENDING",
  ]);
});

test.each([
  ["before the database has the password", "PutSecretValue", "Execute", 1],
  ["while the role is made", "PutSecretValue", "Execute", 3],
  ["before the secret is promoted", "ALTER", "UpdateSecretVersionStage", 1],
  ["between the two stages", "AWSCURRENT", "UpdateSecretVersionStage", 2],
])("finishes a rotation that was cut off %s, with the password that was begun", async (_, __, call, count) => {
  await bootstrap();
  const old = account.current?.password;
  let left = count;
  account.before = (asked) => {
    if (account.at("AWSPENDING") !== undefined && asked === call && --left <= 0) throw new AwsRefusal("Cut", "cut off");
  };
  const broken = await bootstrap("--rotate");
  expect(broken.status).toBe(1);
  expect(broken.stderr).toContain("Cut: cut off; what is listed above is done; run the command again");
  const begun = account.at("AWSPENDING")?.password;
  expect(begun).not.toBe(old);
  account.before = () => undefined;
  const outcome = await bootstrap();
  expectDone(outcome);
  expect(account.current?.password).toBe(begun);
});

test("gives a role that was lost, as by a restore, the password that the secret has", async () => {
  await bootstrap();
  const { password: kept } = account.current ?? {};
  roles.clear();
  const outcome = await bootstrap();
  expectDone(outcome);
  expect(outcome.stdout).toContain("Changed: role, pg_monitor, pg_signal_backend, password.");
  expect(account.current?.password).toBe(kept);
});

test("leaves a role alone that is somebody else's, unless told to take it over", async () => {
  roles.set("pgpool_health", { login: false, verifier: "theirs", of: [] });
  const refused = await bootstrap();
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(
    /^the database has a role pgpool_health that this secret knows nothing of; nothing was/,
  );
  expect(account.calls).toEqual([]);
  expectDone(await bootstrap("--rotate"));
});

test("waits for a database that resumes from a pause", async () => {
  let paused = true;
  account.before = (call) => {
    if (call !== "Execute" || !paused) return;
    paused = false;
    throw new AwsRefusal("DatabaseResumingException", "resuming");
  };
  const outcome = await bootstrap();
  expectDone(outcome);
  expect(outcome.stdout).toContain("the database resumes from a pause: waiting for it");
});

const cluster = (changes: object) => () => {
  if (account.cluster !== undefined) Object.assign(account.cluster, changes);
};
test.each<[string, () => void, RegExp]>([
  ["there is no cluster", () => (account.cluster = undefined), /production-pgpool: there is none in this account/],
  [
    "it is another account's",
    cluster({ arn: "arn:aws:rds:eu-west-1:999999999999:cluster:x" }),
    /of account 999999999999/,
  ],
  ["the cluster is stopped", cluster({ status: "stopped" }), /it is stopped\. Start it/],
  ["the Data API is off", cluster({ dataApi: false }), /its RDS Data API is off\. Deploy the database stack/],
  ["there is no secret", () => (account.secretExists = false), /secret production-pgpool-health-user: there is none/],
  [
    "access is denied",
    () =>
      (account.before = () => {
        throw new AwsRefusal("AccessDeniedException", "not you");
      }),
    /AWS refuses, AccessDeniedException: not you/,
  ],
  [
    "the secret holds something else",
    () => account.put({ token: "hunter2" }, "AWSCURRENT"),
    /holds no username and password/,
  ],
])("says in one message, with nothing changed, when %s", async (_, arrange, message) => {
  arrange();
  const { status, stderr } = await bootstrap();
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).not.toContain("hunter2");
  expect(account.calls).toEqual([]);
});

test("has nothing to do where the master user checks the health", async () => {
  const { status, stdout } = await bootstrap("--environment", "example");
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringContaining("there is nothing to set up") as string,
  });
});

test("says how it is called", async () => {
  expect((await bootstrap("--help")).stdout).toMatch(/^npm run db:bootstrap \[-- --environment NAME\] \[--rotate\]/);
  expect(await bootstrap("--force")).toMatchObject({ status: 2 });
});

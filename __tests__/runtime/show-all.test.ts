import { readFileSync, writeFileSync } from "node:fs";
import type { Tunables } from "../../config/schema/tunables";
import { compareSettings, writtenSettings } from "../../pgpool/compare-settings";
import { withClient } from "../../lab/client";
import { eventually, pause } from "../../lab/eventually";
import { healthUser, Lab } from "../../lab/lab";
import { labDocument } from "../../lab/node";

jest.setTimeout(120_000);
const lab = new Lab();
const { username: user, password } = healthUser;

beforeAll(async () => {
  await lab.start();
});
afterAll(async () => {
  await lab.stop();
});

const said = async (text: string): Promise<void> => {
  await eventually(`the guard says: ${text}`, () => lab.node.guard.output.includes(text), 20);
};

/** Settings that Pgpool-II has otherwise than the node wrote them. */
async function differences() {
  const { rows } = await withClient(lab.node, { user, password }, (client) =>
    client.query<{ item: string; value: string }>("PGPOOL SHOW ALL"),
  );
  const shown = Object.fromEntries(rows.map(({ item, value }) => [item, value]));
  const written = writtenSettings(readFileSync(lab.node.paths.pgpoolConf, "utf8"));
  expect(Object.keys(written).length).toBeGreaterThan(50);
  return compareSettings(written, shown);
}

test("Pgpool-II has every setting as the node wrote it", async () => {
  expect(await differences()).toEqual([]);
});

test("Pgpool-II knows every setting that a user may name, and has it as named", async () => {
  const tunables: Tunables = {
    authentication_timeout: 60,
    child_life_time: 7200,
    child_max_connections: 1000,
    connect_timeout: 1500,
    listen_backlog_multiplier: 3,
    load_balance_mode: false,
    allow_sql_comments: false,
    read_only_function_list: "get_.*,find_.*",
    primary_routing_query_pattern_list: ".*for_the_writer.*",
    database_redirect_preference_list: "reports:standby",
    app_name_redirect_preference_list: "psql:primary",
    relcache_expire: 3600,
    relcache_size: 512,
    log_connections: true,
    log_disconnections: true,
    connection_cache: false,
    backend_flag1: "ALLOW_TO_FAILOVER",
  };
  await lab.replaceNode({ settings: { ...labDocument({}).settings, tunables } });
  expect(readFileSync(lab.node.paths.pgpoolConf, "utf8")).toContain("\nread_only_function_list = 'get_.*,find_.*'\n");
  expect(await differences()).toEqual([]);
  await lab.replaceNode();
});

test("the guard checks that once after a start, and lets a good node serve", async () => {
  await lab.node.startGuard();
  await said("Pgpool-II has every setting as it was written");
  expect(lab.node.pgpool.restarts).toBe(0);
});

test("a database that is away is no reason to stop", async () => {
  await lab.node.pgpool.stop("SIGINT");
  const { one } = lab.cluster.servers;
  await one.stop("fast");
  lab.node.guard.output = "";
  lab.node.pgpool.start();
  await pause(8000);
  expect(lab.node.guard.output).not.toMatch(/every setting|is stopped/);
  await one.start();
  await said("Pgpool-II has every setting as it was written");
  expect(lab.node.pgpool.restarts).toBe(0);
});

test("a Pgpool-II that took a word for another, in silence, does not go on serving", async () => {
  const conf = lab.node.paths.pgpoolConf;
  const text = readFileSync(conf, "utf8");
  await lab.node.pgpool.stop("SIGINT");
  lab.node.guard.output = "";
  // It starts without a word, and would let a revoked password in.
  writeFileSync(conf, text.replace("connection_cache = off", "connection_cache = maybe"));
  lab.node.pgpool.start();
  await said("Pgpool-II is stopped: connection_cache is on instead of off");
  await eventually("it has ended", () => lab.node.pgpool.restarts > 0);
  writeFileSync(conf, text);
  await eventually("it serves again", () => lab.node.guard.output.includes("every setting as it was written"), 30);
});

import type { Client } from "pg";
import { type Consistency, consistencies } from "../../config/consistency";
import { withClient } from "../../lab/client";
import { Lab } from "../../lab/lab";
import { labDocument } from "../../lab/node";

jest.setTimeout(120_000);
const lab = new Lab();
const user = "writer";
const password = "reads its own";
const rounds = 20;

beforeAll(async () => {
  await lab.start();
  const { one, two } = lab.cluster.servers;
  await lab.cluster.setPassword(user, password);
  await one.sql(`CREATE TABLE written (id int PRIMARY KEY); GRANT ALL ON written TO ${user}`);
  await lab.cluster.caughtUp();
  await two.set("recovery_min_apply_delay", "100ms");
});
afterAll(async () => {
  await lab.stop();
});

let id = 0;

/** Ways in which a session writes and then reads what it has written. */
const ways = {
  "one statement after another": async (client: Client) => {
    await client.query("INSERT INTO written VALUES ($1)", [(id += 1)]);
    return await isThere(client);
  },
  "in one transaction": async (client: Client) => {
    await client.query("BEGIN");
    await client.query("INSERT INTO written VALUES ($1)", [(id += 1)]);
    const seen = await isThere(client);
    await client.query("COMMIT");
    return seen;
  },
  "in a later transaction": async (client: Client) => {
    await client.query("BEGIN");
    await client.query("INSERT INTO written VALUES ($1)", [(id += 1)]);
    await client.query("COMMIT");
    await client.query("BEGIN");
    const seen = await isThere(client);
    await client.query("COMMIT");
    return seen;
  },
};

const isThere = async (client: Client): Promise<boolean> => {
  const { rowCount } = await client.query("SELECT id FROM written WHERE id = $1", [id]);
  return rowCount === 1;
};

/** What each level promises; where it promises nothing, the lag of 100 ms has to show, or the test proves nothing. */
const promises: Readonly<Record<Consistency, readonly (keyof typeof ways)[]>> = {
  strong: ["one statement after another", "in one transaction", "in a later transaction"],
  "session-transactions": ["in one transaction", "in a later transaction"],
  eventual: ["in one transaction"],
};

describe.each(consistencies)("with %s consistency and replicas 100 ms behind", (level) => {
  beforeAll(async () => {
    const { settings } = labDocument({});
    await lab.replaceNode({ settings: { ...settings, session_consistency: level } });
  });

  test.each(Object.keys(ways) as (keyof typeof ways)[])("a session that writes and reads %s", async (way) => {
    const missed = await withClient(lab.node, { user, password }, async (client) => {
      let count = 0;
      for (let round = 0; round < rounds; round += 1) if (!(await ways[way](client))) count += 1;
      return count;
    });
    console.info(`${level}, ${way}: ${missed} of ${rounds} reads missed the session's own write`);
    if (promises[level].includes(way)) expect(missed).toBe(0);
    else expect(missed).toBeGreaterThan(rounds / 2);
  });
});

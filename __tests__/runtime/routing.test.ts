import type { Client } from "pg";
import { consistencies } from "../../config/consistency";
import { type RoutingCase, routingCases, routingSchema } from "./routing-cases";
import { withClient } from "../../lab/client";
import { Lab } from "../../lab/lab";
import { labDocument } from "../../lab/node";

jest.setTimeout(120_000);
const lab = new Lab();
const user = "router";
const password = "router's own";

beforeAll(async () => {
  await lab.start();
  const { one, two } = lab.cluster.servers;
  await lab.cluster.setPassword(user, password);
  await one.sql(`CREATE DATABASE routing OWNER ${user}`);
  await one.sql(`SET ROLE ${user}; ${routingSchema}`, "routing");
  await lab.cluster.caughtUp();
  for (const server of [one, two]) await server.logStatements();
});
afterAll(async () => {
  await lab.stop();
});

describe.each(consistencies)("with %s consistency", (level) => {
  beforeAll(async () => {
    const { settings } = labDocument({});
    await lab.replaceNode({ settings: { ...settings, session_consistency: level } });
  });

  test.each(routingCases().map((row) => [row.session, row.places[level], row] as const))(
    "%s goes to the %s",
    async (_, expected, row) => {
      const places = expected === "either" ? ["reader", "writer"] : [expected];
      expect(places).toContain(await placeOf(row));
    },
  );
});

test("the table has at least 40 sessions, and no one twice", () => {
  const sessions = routingCases().map((row) => row.session);
  expect(sessions.length).toBeGreaterThanOrEqual(40);
  expect(sessions).toEqual([...new Set(sessions)]);
});

let count = 0;

/** Runs a session and tells which servers have logged its last step. */
async function placeOf({ mode, steps }: RoutingCase): Promise<string> {
  const name = `case-${(count += 1)}`;
  const connection = { user, password, database: "routing", application_name: name };
  await withClient(lab.node, connection, async (client) => {
    const answers = steps.map((step, index) => async () => {
      await send(client, mode, step, index === steps.length - 1);
    });
    if (mode === "pipeline") await Promise.all(answers.map((answer) => answer()));
    else for (const answer of answers) await answer();
  });
  const has = (log: string): boolean =>
    log.split(/^(?=\d{4}-)/m).some((entry) => entry.includes(`|${name}|`) && entry.includes("/* last */"));
  const [writer, reader] = [has(lab.cluster.servers.one.log), has(lab.cluster.servers.two.log)];
  if (writer && reader) return "both";
  return writer ? "writer" : reader ? "reader" : "nowhere";
}

async function send(client: Client, mode: RoutingCase["mode"], step: string, last: boolean): Promise<void> {
  const text = last ? `${step} /* last */` : step;
  const values = step.includes("$1") ? [1] : undefined;
  if (/^COPY .* TO STDOUT/.test(step)) {
    // The driver has no COPY without another package; it asks for an answer in rows, and Pgpool-II has chosen by then.
    await client.query(text).catch(() => undefined);
    return;
  }
  if (mode === "prepared") await client.query({ name: "named", text, values });
  else if (mode === "extended") await client.query(text, values ?? []);
  else await client.query(text);
}

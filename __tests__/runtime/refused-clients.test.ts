import type { Client } from "pg";
import { clientOf, refusal } from "../../lab/client";
import { eventually, pause } from "../../lab/eventually";
import { Lab } from "../../lab/lab";
import { labDocument } from "../../lab/node";

jest.setTimeout(120_000);
const lab = new Lab();
const login = { user: "worker", password: "works hard" };
const children = 8;
const clients: Client[] = [];

beforeAll(async () => {
  await lab.start({ settings: { ...labDocument({}).settings, num_init_children: children } });
  await lab.cluster.setPassword(login.user, login.password);
  await lab.node.startGuard();
  // Its own question takes a place for a moment.
  await eventually("the settings are checked", () => lab.node.guard.output.includes("every setting as it was written"));
});
afterAll(async () => {
  for (const client of clients) await client.end();
  await lab.stop();
});

test("every client that a full node turned away is counted, and nobody else", async () => {
  for (let count = 1; count < children; count += 1) {
    const client = clientOf(lab.node, login);
    await client.connect();
    clients.push(client);
  }
  expect(lab.node.metrics.refusedClients).toBe(0);
  for (let count = 0; count < 12; count += 1) expect(await refusal(lab.node, login)).not.toBe("not refused");
  await eventually("they are counted", () => lab.node.metrics.refusedClients >= 12, 10);
  await pause(2500);
  expect(lab.node.metrics.refusedClients).toBe(12);
});

test("a client that is let in again, or that has a wrong password, is not counted", async () => {
  for (const client of clients.splice(0)) await client.end();
  await eventually("there are places", () => lab.node.metrics.sessions?.used === 0, 20);
  // What was refused until then is counted a second later.
  await pause(2500);
  const before = lab.node.metrics.refusedClients;
  expect(await refusal(lab.node, { ...login, password: "wrong" })).toMatch(/authentication failed/);
  expect(await refusal(lab.node, login)).toBe("not refused");
  await pause(2500);
  expect(lab.node.metrics.refusedClients).toBe(before);
});

import { tellConsumers } from "../../../agent/consumers";
import { TestNode } from "./support/node";

const debian = { major: 4, minor: 3 };
let node: TestNode;
beforeEach(() => {
  node = new TestNode();
  node.silent("systemctl");
  node.write(node.host.paths.pgpoolConf, "1");
});
afterEach(() => {
  node.remove();
});

test("tells nobody at the first boot: all of them start later", async () => {
  expect(await tellConsumers(node.host, debian)).toEqual([]);
  expect(node.calls).toEqual([]);
});

test("has Pgpool-II reload when its files have changed, once", async () => {
  await tellConsumers(node.host, debian);
  node.write(node.host.paths.pgpoolConf, "2");
  expect(await tellConsumers(node.host, debian)).toEqual(["pgpool.service"]);
  expect(await tellConsumers(node.host, debian)).toEqual([]);
  expect(node.calls).toEqual(["systemctl try-reload-or-restart pgpool.service"]);
});

test("has Pgpool-II start again with another key, which it reads at no other time", async () => {
  node.write(node.host.paths.poolKey, "1");
  await tellConsumers(node.host, debian);
  node.write(node.host.paths.poolKey, "2");
  await tellConsumers(node.host, debian);
  expect(node.calls).toEqual(["systemctl --no-block try-restart pgpool.service"]);
});

test.each([
  ["drains and restarts a Pgpool-II that reads its certificate once", { major: 4, minor: 7 }, "--no-block try-restart"],
  ["has a newer one reload for another certificate", { major: 4, minor: 8 }, "try-reload-or-restart"],
])("%s", async (_, version, asked) => {
  node.write(node.host.paths.serverCertificate, "1");
  await tellConsumers(node.host, version);
  node.write(node.host.paths.serverCertificate, "2");
  expect(await tellConsumers(node.host, version)).toEqual(["pgpool.service"]);
  expect(node.calls).toEqual([`systemctl ${asked} pgpool.service`]);
});

test("does not reload Pgpool-II for what only pgdoctor reads", async () => {
  await tellConsumers(node.host, debian);
  node.write(node.host.paths.pgdoctorPassword, "new");
  expect(await tellConsumers(node.host, debian)).toEqual([]);
  node.write(node.host.paths.pgdoctorCfg, "new");
  expect(await tellConsumers(node.host, debian)).toEqual(["pgdoctor.service"]);
});

test("tells again what could not be told, so that no rotation is lost", async () => {
  await tellConsumers(node.host, debian);
  node.write(node.host.paths.pgpoolConf, "2");
  node.command("systemctl", "echo busy >&2; exit 1");
  await expect(tellConsumers(node.host, debian)).rejects.toThrow("try-reload-or-restart pgpool.service: busy");
  node.silent("systemctl");
  expect(await tellConsumers(node.host, debian)).toEqual(["pgpool.service"]);
});

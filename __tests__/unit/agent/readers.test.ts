import { readFileSync, statSync } from "node:fs";
import { readers } from "../../../agent/readers";
import { documentWith } from "../../support/boot-document";
import { TestNode } from "./support/node";

let node: TestNode;
beforeEach(() => {
  node = new TestNode();
  node.silent("systemctl");
});
afterEach(() => {
  node.remove();
});

const writerEndpoint = "db.cluster-abc.eu-west-1.rds.amazonaws.com";
const hostOf = (name: string): string => `${name}.abc.eu-west-1.rds.amazonaws.com`;

function boots(kind: "endpoint" | "instances", endpoint = writerEndpoint): void {
  const document = documentWith({ writerEndpoint: endpoint, settings: { readers: kind } });
  node.write(node.host.paths.bootDocument, JSON.stringify(document));
}
const wanted = (...names: unknown[]): void => {
  node.write(node.host.paths.wantedReaders, JSON.stringify(names));
};
const hosts = (): string[] =>
  [...readFileSync(node.host.paths.readersConf, "utf8").matchAll(/^backend_hostname\d+ = '(.*)'$/gm)].map(
    ([, host = ""]) => host,
  );

test("writes each instance as a backend, for everybody to read since it is no secret", async () => {
  boots("instances");
  wanted("db-1", "db-2");
  await readers(node.host, true);
  expect(hosts()).toEqual([hostOf("db-1"), hostOf("db-2")]);
  expect(statSync(node.host.paths.readersConf).mode & 0o777).toBe(0o644);
});

test("keeps the backend of a reader that is gone until Pgpool-II starts afresh", async () => {
  boots("instances");
  wanted("db-1", "db-2");
  await readers(node.host, true);
  wanted("db-2", "db-3");
  await readers(node.host, false);
  expect(hosts()).toEqual([hostOf("db-1"), hostOf("db-2"), hostOf("db-3")]);
  expect(node.calls).toEqual(["systemctl try-reload-or-restart pgpool.service"]);
  await readers(node.host, true);
  expect(hosts()).toEqual([hostOf("db-2"), hostOf("db-3")]);
  expect(node.calls).toHaveLength(1);
});

test.each([
  ["a line break", ["db-1'\nfailover_command = 'id"]],
  ["a host of somebody else", ["db.example.com"]],
  ["more than a cluster can have", Array.from({ length: 17 }, (_, index) => `db-${index}`)],
  ["something else than names", [1]],
])("refuses a list with %s, and writes nothing of it", async (_, list) => {
  boots("instances");
  wanted(...list);
  await expect(readers(node.host, true)).rejects.toThrow("is no list of instances");
  expect(() => hosts()).toThrow("ENOENT");
});

test("says so when the cluster's endpoint does not tell how instances are named", async () => {
  boots("instances", "database.example.com");
  wanted("db-1");
  await expect(readers(node.host, true)).rejects.toThrow("database.example.com does not tell");
});

test("does nothing where the readers' endpoint is used", async () => {
  boots("endpoint");
  wanted("db-1");
  await readers(node.host, false);
  expect(node.calls).toEqual([]);
  expect(() => hosts()).toThrow("ENOENT");
});

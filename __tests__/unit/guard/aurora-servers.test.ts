import { describeServers, readServers } from "../../../agent/guard/aurora-servers";

const row = (server_id: string, writer = false) => ({ server_id, writer });

test("knows the writer and the readers, in an order that does not change", () => {
  const found = readServers([row("db-2"), row("db-1", true), row("app-autoscaling-9")]);
  expect(found).toEqual({ writer: "db-1", readers: ["app-autoscaling-9", "db-2"] });
  expect(describeServers(found)).toBe("Aurora's writer is db-1, its readers are app-autoscaling-9, db-2");
});

test("takes the newest of two writers, and none for a reader as well", () => {
  expect(readServers([row("new", true), row("old", true), row("new")])).toEqual({ writer: "new", readers: [] });
});

test("says so when there is no writer at the moment", () => {
  expect(describeServers(readServers([row("db-2")]))).toContain("writer is unknown");
});

test("leaves out what is no identifier, for it becomes part of a host name and of a file", () => {
  const hostile = ["db'1", "db 1", "x\ny", "db.example.com", "", "-db", "D".repeat(3), "d".repeat(64)];
  expect(readServers([...hostile.map((name) => row(name)), {}, { server_id: 1, writer: false }])).toEqual({
    readers: [],
  });
});

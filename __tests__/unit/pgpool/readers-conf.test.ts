import { instanceEndpoint } from "../../../pgpool/instance-endpoint";
import { assignSlots, mostSlots, parseReadersConf, renderReadersConf } from "../../../pgpool/readers-conf";

test.each([
  ["name.cluster-abc123.eu-west-1.rds.amazonaws.com", "db-1.abc123.eu-west-1.rds.amazonaws.com"],
  ["name.cluster-abc123.rds.cn-north-1.amazonaws.com.cn", "db-1.abc123.rds.cn-north-1.amazonaws.com.cn"],
  ["name.cluster-ro-abc123.eu-west-1.rds.amazonaws.com", undefined],
  ["database.example.com", undefined],
])("of the cluster %s the instance db-1 is %s", (cluster, instance) => {
  expect(instanceEndpoint(cluster, "db-1")).toBe(instance);
});

test("gives each host a slot, and leaves those that have one where they are", () => {
  const first = assignSlots([], ["a", "b"]).slots;
  expect(first).toEqual([
    { backend: 1, host: "a" },
    { backend: 2, host: "b" },
  ]);
  // b is gone, and comes back later.
  const second = assignSlots(first, ["a", "c", "c"]).slots;
  expect(second).toEqual([...first, { backend: 3, host: "c" }]);
  expect(assignSlots(second, ["b", "c"]).slots).toEqual(second);
});

test("says who gets none when all slots are taken", () => {
  const hosts = Array.from({ length: mostSlots }, (_, index) => `host-${index}`);
  const { slots } = assignSlots([], hosts);
  expect(assignSlots(slots, ["late", "host-3"])).toEqual({ slots, leftOut: ["late"] });
});

test("reads back what it has written", () => {
  const { slots } = assignSlots([], ["a.example.com", "b.example.com"]);
  const conf = renderReadersConf(slots, 5432);
  expect(parseReadersConf(conf)).toEqual(slots);
  expect(conf).toContain("backend_hostname2 = 'b.example.com'\nbackend_port2 = 5432\nbackend_weight2 = 1\n");
  expect(parseReadersConf(renderReadersConf([], 5432))).toEqual([]);
});

import { environments } from "../../../config/environments/index";
import { memoryGiB } from "../../../config/instance-memory";
import { loadEnvironment } from "../../../config/load-environment";
import { clientsByConnections, clientsByMemory, maxConnections } from "../../../config/sizing";
import { environmentWith } from "../../support/environments";
import { faultsWith, refuses } from "../../support/wrong-input";

// EC2 and Aurora User Guides, tables of instance types and DB instance classes.
test.each([
  ["t3.nano", 0.5],
  ["t3a.medium", 4],
  ["t4g.2xlarge", 32],
  ["m5.large", 8],
  ["m6g.medium", 4],
  ["m7i-flex.xlarge", 16],
  ["c6gn.4xlarge", 32],
  ["c5.9xlarge", 72],
  ["r8g.24xlarge", 768],
  ["db.t3.medium", 4],
  ["db.t4g.large", 8],
  ["db.r7g.large", 16],
  ["db.r6i.32xlarge", 1024],
  ["db.x2g.16xlarge", 1024],
])("%s has %d GiB", (type, gib) => {
  expect(memoryGiB(type)).toBe(gib);
});

test.each([
  "c5n.large",
  "m4.large",
  "x2idn.16xlarge",
  "m7g.metal",
  "t2.micro",
  "t3.metal",
  "i4i.large",
  "db.serverless",
])("nothing is guessed about %s", (type) => {
  expect(memoryGiB(type)).toBeUndefined();
  expect(clientsByMemory(type)).toBeUndefined();
});

const serverless = (minAcu: number, maxAcu: number) =>
  maxConnections({ capacity: { kind: "serverless", minAcu, maxAcu }, parameters: {} });

test.each([
  [0.5, 1, 189],
  [1, 16, 3360],
  [1, 32, 5000],
  [0.5, 16, 2000],
])(
  "with %d to %d ACU the estimate is never far above the %d connections that AWS names",
  (minAcu, maxAcu, published) => {
    const estimate = serverless(minAcu, maxAcu) ?? 0;
    // Within the reserve of 20.
    expect(estimate).toBeLessThan(published + 20);
    expect(estimate).toBeGreaterThan(published * 0.9);
  },
);

const capacity = { kind: "provisioned", instanceClass: "db.t3.medium" } as const;
const given = (value: string) =>
  maxConnections({ capacity, parameters: { max_connections: { value, apply: "pending-reboot" } } });

test("what the parameter group says goes before the estimate, and is not guessed at when it is a formula", () => {
  expect(maxConnections({ capacity, parameters: {} })).toBe(405);
  expect(given("400")).toBe(400);
  expect(given("LEAST({DBInstanceClassMemory/9531392},5000)")).toBeUndefined();
});

test("counts one node more than the most, the guard's and health check's connections, and a reserve", () => {
  // (5 nodes × (74 clients + 2)) + 20 = 400
  expect(clientsByConnections(400, 4, 1)).toBe(74);
  expect(clientsByConnections(399, 4, 1)).toBe(73);
  expect(clientsByConnections(400, 4, 3)).toBe(74);
});

test("counts two connections for each client on a writer without readers", () => {
  expect(clientsByConnections(400, 4, 0)).toBe(37);
});

const database = (value: number, more: object = {}) => ({
  parameters: { max_connections: { value: String(value), apply: "pending-reboot" } },
  ...more,
});

refuses([
  {
    what: "more clients than fit into a node's memory",
    change: {
      pgpool: { clientsPerNode: 400, instanceType: "t3.small", minCapacity: 1, desiredCapacity: 1, maxCapacity: 1 },
      database: { capacity: { kind: "provisioned", instanceClass: "db.r7g.large" } },
    },
    path: "pgpool.clientsPerNode",
    got: 400,
    allowed: "at most 399, which fit into the 2 GiB of pgpool.instanceType (t3.small)",
    remedy: "lower it or leave it out, or choose a larger instance type",
  },
  {
    what: "one client more than the default database has connections for",
    change: { pgpool: { clientsPerNode: 76 } },
    path: "pgpool.clientsPerNode",
    got: 76,
    allowed: "at most 75: a server's 405 connections over 5 nodes (one is being replaced)",
    remedy:
      "lower it or leave it out, lower pgpool.maxCapacity, choose a larger class or capacity, or raise max_connections",
  },
  {
    what: "two connections for each client on a writer without readers",
    change: { database: { replicaCount: 0 }, pgpool: { clientsPerNode: 64 } },
    path: "pgpool.clientsPerNode",
    got: 64,
    allowed:
      "at most 37: a server's 405 connections over 5 nodes (one is being replaced); without a reader each client has two",
    remedy: "lower it or leave it out, lower pgpool.maxCapacity",
  },
  {
    what: "more than max_connections of the parameter group",
    change: { pgpool: { clientsPerNode: 75 }, database: database(400) },
    path: "pgpool.clientsPerNode",
    got: 75,
    allowed: "at most 74: a server's 400 connections over 5 nodes",
    remedy: "lower it",
  },
  {
    what: "a fleet so large that no node has room",
    change: { pgpool: { maxCapacity: 40 } },
    path: "pgpool.maxCapacity",
    got: 40,
    allowed:
      "so many that each has room for 8 clients; a server's 405 connections over 41 nodes (one is being replaced) leave room for 7",
    remedy: "lower it, choose a larger class or capacity",
  },
]);

test.each([
  ["as many clients as there are connections", { pgpool: { clientsPerNode: 75 } }],
  ["as many as the parameter group says", { pgpool: { clientsPerNode: 74 }, database: database(400) }],
  ["a node with room for just the least", { pgpool: { clientsPerNode: 8, maxCapacity: 37 } }],
  [
    "an instance type that it does not know",
    { pgpool: { clientsPerNode: 1000, instanceType: "i4i.large" }, database: database(10_000) },
  ],
  [
    "a formula that it cannot compute",
    {
      pgpool: { clientsPerNode: 900 },
      database: { parameters: { max_connections: { value: "{x}", apply: "immediate" } } },
    },
  ],
])("takes %s", (_, change) => {
  expect(faultsWith(change)).toEqual([]);
});

test.each([
  ["the usual number where it fits", {}, 64],
  ["as many as the connections of a large fleet allow", { pgpool: { maxCapacity: 11 } }, 30],
  ["half as many without readers", { database: { replicaCount: 0 } }, 37],
  ["as many as fit into the memory", { pgpool: { instanceType: "t3.nano" } }, 15],
  ["what was written", { pgpool: { clientsPerNode: 70 } }, 70],
] as const)("a node serves %s", (_, change, clients) => {
  expect(environmentWith(change).pgpool.clientsPerNode).toBe(clients);
});

test.each(Object.keys(environments))("the environment %s fits", (name) => {
  expect(() => loadEnvironment(name)).not.toThrow();
});

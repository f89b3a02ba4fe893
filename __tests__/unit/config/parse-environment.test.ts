import { environments } from "../../../config/environments/index";
import { loadEnvironment, parseEnvironment } from "../../../config/load-environment";
import { existingNetwork, inputWith, newNetwork } from "../../support/environments";
import { faultsOf, faultsWith } from "../../support/wrong-input";

function messageOf(run: () => unknown): string {
  try {
    run();
    return "no error";
  } catch (error) {
    return (error as Error).message;
  }
}

test("tells what, where, what is allowed and what to do, for all faults at once", () => {
  const input = { ...inputWith(), pgpool: { minCapacity: "2" }, tags: { Owner: "me" } };
  expect(messageOf(() => parseEnvironment("test", input))).toMatchInlineSnapshot(`
"config/environments/test.ts has 2 faults; nothing was written.

pgpool.minCapacity
  got      "2"
  allowed  a whole number from 1 to 100
  do       write 2 without quotes

tags.Owner
  got      "me"
  allowed  keys of 1 to 128, values of up to 256 letters, digits, spaces or _.:/=+-@; not aws:…, not Project, Environment, Stack, Owner
  do       rename, rewrite or remove it
"
`);
});

test("reports faults of single settings together with those between settings, of every section", () => {
  const faults = faultsWith({
    region: "Ireland",
    colour: "green",
    tags: { Stack: "x" },
    network: { ...newNetwork, cidr: "198.51.0.0/16", nat: "none", flowLogs: "yes" },
    database: { replicaCount: "1", capacity: { kind: "serverless", minAcu: 2, maxAcu: 1 } },
    pgpool: { minCapacity: 9, clientsPerNode: 1, exposure: { kind: "public", allowedCidrs: ["0.0.0.0/0"] } },
  });
  expect(faults.map(({ path }) => path)).toEqual([
    "region",
    "network.flowLogs",
    "database.replicaCount",
    "pgpool.clientsPerNode",
    "colour",
    "tags.Stack",
    "network.cidr",
    "network.interfaceEndpoints",
    "database.capacity.minAcu",
    "pgpool.minCapacity",
    "pgpool.exposure.allowedCidrs.0",
  ]);
});

// Each default would clash with what stands beside it: only the setting itself may be reported.
const faultyBesideOthers: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ["pgpool.maxCapacity", { pgpool: { minCapacity: 9, maxCapacity: "many" } }],
  ["pgpool.minCapacity", { pgpool: { minCapacity: "few", maxCapacity: 1, desiredCapacity: 1 } }],
  ["database.replicaCount", { database: { replicaCount: "one", readerAutoscaling: { maxReaders: 1 } } }],
  ["database.backupWindow", { database: { backupWindow: "night", maintenanceWindow: "sun:03:00-sun:04:00" } }],
];

test.each(faultyBesideOthers)("asks no rule about %s while it is faulty itself", (path, change) => {
  expect(faultsWith(change).map((fault) => fault.path)).toEqual([path]);
});

test("asks no rule about a group of which a part is faulty", () => {
  const exposure = { kind: "private", allowedCidrs: ["everybody"] };
  expect(faultsWith({ network: existingNetwork, pgpool: { exposure } }).map(({ path }) => path)).toEqual([
    "pgpool.exposure.allowedCidrs.0",
  ]);
});

test("asks the rules about what stands beside a list with a faulty element", () => {
  const network = { ...newNetwork, cidr: "198.51.0.0/16", interfaceEndpoints: ["s3"] };
  expect(faultsWith({ network }).map(({ path }) => path)).toEqual(["network.interfaceEndpoints.0", "network.cidr"]);
});

test("leaves its input as it was, right or wrong", () => {
  const inputs = [inputWith(), { ...inputWith(), colour: "green", network: { ...newNetwork, zones: ["x"] } }];
  const before = structuredClone(inputs);
  inputs.forEach(faultsOf);
  expect(inputs).toEqual(before);
});

test.each(Object.keys(environments))("accepts the %s environment of this repository", (name) => {
  expect(loadEnvironment(name)).toMatchObject({ name, ...environments[name] });
});

test.each(["prod", "develop", "exmaple"])("knows which environment %s was meant to be", (name) => {
  const meant = { prod: "production", develop: "development", exmaple: "example" }[name] ?? "";
  expect(messageOf(() => loadEnvironment(name))).toContain(`do       did you mean ${meant}?`);
});

test.each(["", "staging", "constructor", "__proto__"])(
  'refuses "%s" as an environment, naming those there are',
  (name) => {
    expect(messageOf(() => loadEnvironment(name))).toContain("allowed  example, development, production, existing-vpc");
  },
);

test.each(["a", "Prod", "1st", "my_env", "a--b", "end-", "thirteen-long", "sg", "internal-x"])(
  "refuses %s as the name of a file",
  (name) => {
    expect(messageOf(() => parseEnvironment(name, inputWith()))).toContain("2 to 12 lower-case letters");
  },
);

test.each(["ab", "twelve-chars", "eu-1", "sgn", "internals"])("takes %s as the name of a file", (name) => {
  expect(parseEnvironment(name, inputWith()).name).toBe(name);
});

const boundaries: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ["the largest VPC", { network: { ...newNetwork, cidr: "172.16.0.0/16" } }],
  ["the smallest VPC", { network: { ...newNetwork, cidr: "100.127.252.0/22" } }],
  ["four zones", { network: { ...newNetwork, zones: ["a", "b", "c", "d"].map((zone) => `eu-west-1${zone}`) } }],
  ["the smallest subnets", { network: { ...newNetwork, subnets: smallestSubnets() } }],
  ["forty tags", { tags: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`Tag${index}`, ""])) }],
  ["the longest tag", { tags: { ["k".repeat(128)]: "v".repeat(256) } }],
  ["letters that are not English", { owner: "Équipe données", tags: { 负责人: "数据库" } }],
  ["a fleet of one node", { pgpool: { minCapacity: 1, maxCapacity: 1, desiredCapacity: 1 } }],
  [
    "a fleet of 100 nodes",
    {
      pgpool: { minCapacity: 100, maxCapacity: 100, desiredCapacity: 100 },
      database: { capacity: { kind: "provisioned", instanceClass: "db.r7g.large" } },
    },
  ],
  ["clients from a /8", { pgpool: { exposure: { kind: "public", allowedCidrs: ["11.0.0.0/8"] } } }],
  ["a client of one address", { pgpool: { exposure: { kind: "private", allowedCidrs: ["10.1.2.3/32"] } } }],
  ["a writer alone", { database: { replicaCount: 0 } }],
  ["15 readers", { database: { replicaCount: 15 } }],
  ["one reader to add", { database: { replicaCount: 14, readerAutoscaling: { maxReaders: 15 } } }],
  ["serverless that does not scale", { database: { capacity: { kind: "serverless", minAcu: 1, maxAcu: 1 } } }],
  ["half an ACU", { database: { capacity: { kind: "serverless", minAcu: 0.5, maxAcu: 256 } } }],
  ["windows of 30 minutes that touch", { database: touchingWindows("03:00-03:30", "mon:03:30-mon:04:00") }],
  ["windows that touch at the week's end", { database: touchingWindows("00:00-00:30", "sun:23:00-mon:00:00") }],
  ["Performance Insights for 713 days", { database: { performanceInsights: 713 } }],
  ["Performance Insights for 731 days", { database: { performanceInsights: 731 } }],
  [
    "public exposure in two zones of an existing VPC",
    { network: existingNetwork, pgpool: { exposure: { kind: "world" } } },
  ],
  ["an existing VPC for one security group", { network: existingNetwork, pgpool: oneClientGroup() }],
  ["undefined where a setting may be left out", { accountId: undefined, database: { awsBackup: undefined } }],
];

function smallestSubnets(): object {
  const blocks = ["10.0.0.0/28", "10.0.0.16/28", "10.0.0.32/28", "10.0.0.48/28", "10.0.0.64/28", "10.0.0.80/28"];
  return { kind: "explicit", private: blocks.slice(0, 2), isolated: blocks.slice(2, 4), public: blocks.slice(4) };
}

function touchingWindows(backupWindow: string, maintenanceWindow: string): object {
  return { backupWindow, maintenanceWindow };
}

function oneClientGroup(): object {
  return { exposure: { kind: "private", clientSecurityGroupIds: ["sg-0a1b2c3d"] } };
}

test.each(boundaries)("accepts %s", (_, change) => {
  expect(faultsWith(change)).toEqual([]);
});

import type { Fault } from "../fault";
import { memoryGiB } from "../instance-memory";
import { leastClients } from "../clients-per-node";
import { clientsByConnections, clientsByMemory, maxConnections } from "../sizing";
import type { Rule } from "./rule";

const memory: Rule = {
  reads: ["pgpool.clientsPerNode", "pgpool.instanceType"],
  check: ({ pgpool: { clientsPerNode: got, instanceType } }) => {
    const fits = clientsByMemory(instanceType);
    if (fits === undefined || got === undefined || got <= fits) return [];
    const size = `${memoryGiB(instanceType) ?? 0} GiB`;
    const allowed = `at most ${fits}, which fit into the ${size} of pgpool.instanceType (${instanceType})`;
    return [
      {
        path: "pgpool.clientsPerNode",
        got,
        allowed,
        remedy: "lower it or leave it out, or choose a larger instance type",
      },
    ];
  },
};

const connections: Rule = {
  reads: [
    "pgpool.clientsPerNode",
    "pgpool.maxCapacity",
    "database.capacity",
    "database.parameters",
    "database.replicaCount",
  ],
  check: ({ pgpool: { clientsPerNode, maxCapacity }, database }): Fault[] => {
    const limit = maxConnections(database);
    if (limit === undefined) return [];
    const fits = clientsByConnections(limit, maxCapacity, database.replicaCount);
    const whose = database.replicaCount === 0 ? "; without a reader each client has two" : "";
    const numbers = `a server's ${limit} connections over ${maxCapacity + 1} nodes (one is being replaced)${whose}`;
    const larger = "choose a larger class or capacity, or raise max_connections in database.parameters";
    if (fits < leastClients) {
      const allowed = `so many that each has room for ${leastClients} clients; ${numbers} leave room for ${fits}`;
      return [{ path: "pgpool.maxCapacity", got: maxCapacity, allowed, remedy: `lower it, ${larger}` }];
    }
    if (clientsPerNode === undefined || clientsPerNode <= fits) return [];
    const allowed = `at most ${fits}: ${numbers}`;
    const remedy = `lower it or leave it out, lower pgpool.maxCapacity, ${larger}`;
    return [{ path: "pgpool.clientsPerNode", got: clientsPerNode, allowed, remedy }];
  },
};

/** Rules of how many clients fit. */
export const sizingRules: readonly Rule[] = [memory, connections];

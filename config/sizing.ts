import { usualClients } from "./clients-per-node";
import { memoryGiB } from "./instance-memory";
import type { Database } from "./schema/database";
import type { Settings } from "./schema/environment";

/**
 * Memory of one process of Pgpool-II after use: 2.84 MB with TLS (measured, 100 processes), and 0.1 MB for each further
 * reader that is a backend of its own (measured, 60 processes); so 4 holds for fifteen readers too.
 */
const clientMiB = 4;
/** What the system, the agent and Pgpool-II take before the first client: about 150 MB were measured; judgement. */
const baseMiB = 450;

/** Bytes of memory for each connection in Aurora's default, LEAST({DBInstanceClassMemory/9531392}, 5000). */
const bytesPerConnection = 9_531_392;
const mostConnections = 5000;
/** Aurora Serverless v2 never has more with a minimum of half an ACU (the same page). */
const mostFromHalfAcu = 2000;
const gibPerAcu = 2;
/**
 * DBInstanceClassMemory is a class's memory without what AWS takes, which it does not publish: with 16 ACU (32 GiB) there
 * are 3360 connections (AWS re:Post, "Working of max_connections"), where the formula gives 3604.
 */
const usableShare = 0.9;
/** Connections for people, migrations, monitoring, and what PostgreSQL and RDS keep for themselves; judgement. */
const reserve = 20;
/** Connections of a node beside its clients', to each server: the guard's and the health check's. */
const ownConnections = 2;

/** Clients that fit into the memory of a node; undefined for an instance type that is not known. */
export function clientsByMemory(instanceType: string): number | undefined {
  const memory = memoryGiB(instanceType);
  return memory === undefined ? undefined : Math.max(0, Math.floor((memory * 1024 - baseMiB) / clientMiB));
}

/** Connections that one server takes: what the parameter group says, or Aurora's default; undefined if not known. */
export function maxConnections({
  capacity,
  parameters,
}: Pick<Database, "capacity" | "parameters">): number | undefined {
  const given = parameters.max_connections?.value;
  if (given !== undefined) return /^\d+$/.test(given) ? Number(given) : undefined;
  const serverless = capacity.kind === "serverless";
  const memory = serverless ? capacity.maxAcu * gibPerAcu : memoryGiB(capacity.instanceClass);
  if (memory === undefined) return undefined;
  const most = serverless && capacity.minAcu <= 0.5 ? mostFromHalfAcu : mostConnections;
  return Math.min(Math.floor(((memory * 2 ** 30) / bytesPerConnection) * usableShare), most);
}

/**
 * Clients of one node that fit into a server's connections when the fleet is as large as it gets.
 *
 * @param nodes - maxCapacity; one more runs while a node is replaced.
 * @param replicas - Each client has a connection to the writer and one to a reader: one on each server even when a single
 * reader has survived, and both on the writer where there are no readers.
 */
export function clientsByConnections(connections: number, nodes: number, replicas: number): number {
  const perClient = replicas === 0 ? 2 : 1;
  const perNode = Math.floor((connections - reserve) / (nodes + 1)) - ownConnections;
  return Math.max(0, Math.floor(perNode / perClient));
}

/** What `clientsPerNode` is when it is not given: the usual number, or as many as fit where that is less. */
export function presetClients({ pgpool, database }: Settings): number {
  const connections = maxConnections(database);
  return Math.min(
    usualClients,
    clientsByMemory(pgpool.instanceType) ?? usualClients,
    connections === undefined
      ? usualClients
      : clientsByConnections(connections, pgpool.maxCapacity, database.replicaCount),
  );
}

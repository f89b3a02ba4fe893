import type { Client } from "pg";
import { clientOf } from "../../lab/client";
import type { Lab } from "../../lab/lab";
import { database, password, roles } from "./logins";
import { pssMegabytes } from "./processes";

export interface SessionsMemory {
  readonly sessions: number;
  /** Of a whole node's Pgpool-II before its first session, in MB (PSS). */
  readonly idle: number;
  /** With that many sessions that have worked. */
  readonly loaded: number;
}

/** What sessions cost a fresh node: each reads and writes, and stays. */
export async function measureMemory(lab: Lab, sessions: number): Promise<SessionsMemory> {
  const { node } = lab;
  const idle = pssMegabytes(node.pgpool.pid ?? 0);
  const clients: Client[] = [];
  for (let count = 0; count < sessions; count += 1) {
    const client = clientOf(node, { user: roles.steady, password, database });
    await client.connect();
    clients.push(client);
    await client.query("SELECT abalance FROM pgbench_accounts WHERE aid = $1", [count + 1]);
    await client.query("UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid = $1", [count + 1]);
    await client.query("SELECT abalance FROM pgbench_accounts WHERE aid = $1", [count + 1]);
  }
  const loaded = pssMegabytes(node.pgpool.pid ?? 0);
  for (const client of clients) await client.end();
  return { sessions, idle, loaded };
}

import { Client, type ClientConfig } from "pg";
import { ports } from "../config/ports";
import type { PoolerNode } from "./node";

/** A client of a node as ours have to be: TLS, with the node's certificate checked. */
export function clientOf(node: PoolerNode, changes: ClientConfig = {}): Client {
  const client = new Client({
    host: "127.0.0.1",
    port: ports.pgpool,
    database: "postgres",
    connectionTimeoutMillis: 20_000,
    // Its own certificate is all that the node's can be checked with; its name is the environment's.
    ssl: { ca: node.certificate, servername: "pgpool-aurora-lab" },
    ...changes,
  });
  // A connection that ends while nobody waits for an answer.
  client.on("error", () => undefined);
  return client;
}

/** Runs something with a connected client, which is closed afterwards. */
export async function withClient<T>(
  node: PoolerNode,
  changes: ClientConfig,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = clientOf(node, changes);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Why a client is refused. */
export async function refusal(node: PoolerNode, changes: ClientConfig): Promise<string> {
  try {
    await withClient(node, changes, async (client) => await client.query("SELECT 1"));
    return "not refused";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

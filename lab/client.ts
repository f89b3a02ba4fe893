import { Socket } from "node:net";
import { Client, type ClientConfig } from "pg";
import { ports } from "../config/ports";
import { pause } from "./eventually";
import type { PoolerNode } from "./node";

/** To end a connection whose other end says nothing any more. */
const sockets = new WeakMap<Client, Socket>();

/** A client of a node as ours have to be: TLS, with the node's certificate checked. It waits for no answer for ever. */
export function clientOf(node: PoolerNode, changes: ClientConfig = {}): Client {
  const socket = new Socket();
  const client = new Client({
    stream: () => socket,
    host: "127.0.0.1",
    port: ports.pgpool,
    database: "postgres",
    connectionTimeoutMillis: 20_000,
    query_timeout: 60_000,
    // Its own certificate is all that the node's can be checked with; its name is the environment's.
    ssl: { ca: node.certificate, servername: "pgpool-aurora-lab" },
    ...changes,
  });
  // A connection that ends while nobody waits for an answer.
  client.on("error", () => undefined);
  sockets.set(client, socket);
  return client;
}

/** Ends a connection; one that does not answer is cut. */
export async function endClient(client: Client): Promise<void> {
  await Promise.race([client.end().catch(() => undefined), pause(3000)]);
  sockets.get(client)?.destroy();
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
    await endClient(client);
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

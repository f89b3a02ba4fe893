import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import type { Cell } from "./cells";

export const database = "bench";
/** Of both roles; the servers are the private machine's, and end with it. */
export const password = "measured";

/**
 * Roles of the clients. To log in costs what a password costs, 4096 rounds of SHA-256, which is what reconnecting clients
 * measure. With 64 others it would take longer than the run, which pgbench counts from the start: theirs has one round.
 */
export const roles = { steady: "bench", reconnecting: "bench_reconnecting" } as const;

export const roleOf = ({ workload }: Pick<Cell, "workload">): string =>
  workload === "reconnect" ? roles.reconnecting : roles.steady;

/** What PostgreSQL keeps of a password, with another number of rounds than its own. */
export function scramSecret(rounds: number): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, rounds, 32, "sha256");
  const key = (name: string): Buffer => createHmac("sha256", salted).update(name).digest();
  const stored = createHash("sha256").update(key("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${stored}:${key("Server Key").toString("base64")}`;
}

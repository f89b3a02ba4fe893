import { randomBytes } from "node:crypto";
import { isCalled } from "./aws-errors";
import type { DataApi } from "./data-api";
import type { Login } from "./health-secret";
import { scramVerifier } from "./scram";

/**
 * What the guard and the health checks need: to see every session, and to end those that a failover has left behind.
 * No connection limit: reaching one would turn every node's health check red.
 */
const memberships = ["pg_monitor", "pg_signal_backend"];

/** Whether the database has a role of this name. */
export async function roleExists(database: DataApi, name: string): Promise<boolean> {
  return (await database.run("SELECT 1 FROM pg_roles WHERE rolname = :name", { name })).length > 0;
}

/**
 * Makes the role, and lets it do what it has to.
 *
 * @param name - Checked by the schema: nothing in it has to be escaped.
 * @returns what was missing.
 */
export async function bringRoleInLine(database: DataApi, name: string): Promise<string[]> {
  const changed: string[] = [];
  if (!(await roleExists(database, name))) {
    await database.run(`CREATE ROLE "${name}" LOGIN`);
    changed.push("role");
  }
  const [[login] = []] = await database.run("SELECT rolcanlogin FROM pg_roles WHERE rolname = :name", { name });
  if (login?.booleanValue !== true) {
    await database.run(`ALTER ROLE "${name}" LOGIN`);
    changed.push("LOGIN");
  }
  for (const role of memberships) {
    const [[member] = []] = await database.run("SELECT pg_has_role(:name, :role, 'MEMBER')", { name, role });
    if (member?.booleanValue === true) continue;
    await database.run(`GRANT ${role} TO "${name}"`);
    changed.push(role);
  }
  return changed;
}

/** Gives the role its password; the statement holds only what PostgreSQL stores of it. */
export async function setPassword(database: DataApi, { username, password }: Login): Promise<void> {
  // The Data API would take what follows a colon for the name of a parameter.
  const verifier = scramVerifier(password, randomBytes(16)).replaceAll(":", "\\x3A");
  await database.run(`ALTER ROLE "${username}" PASSWORD E'${verifier}'`);
}

/** Whether the user whose secret the database is asked with gets in. */
export async function getsIn(database: DataApi): Promise<boolean> {
  try {
    await database.run("SELECT 1");
    return true;
  } catch (error) {
    const refused = error instanceof Error && error.message.includes("password authentication failed");
    if (refused || isCalled(error, "InvalidSecretException")) return false;
    throw error;
  }
}

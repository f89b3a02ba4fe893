import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { DataApi } from "./data-api";
import { bringRoleInLine, getsIn, roleExists, setPassword } from "./health-role";
import type { HealthSecret, Version, Versions } from "./health-secret";
import { Refusal } from "./report-error";

export interface HealthUserSetup {
  /** As the master user. */
  readonly database: DataApi;
  readonly secret: HealthSecret;
  readonly username: string;
  /** Give it a new password though it has one. */
  readonly rotate: boolean;
  /** Told of each step. */
  readonly progress: (step: string, result: string) => void;
}

/** The Data API may log in with a password of before for a moment. */
const checks = { attempts: 6, seconds: 5 };

/**
 * Makes the health user what it shall be, whatever an earlier run has left: role, memberships, password, and that it
 * gets in with what the secret says. The second time it changes nothing.
 *
 * @returns what was changed.
 * @throws Refusal for a role that is somebody else's, or a login that the database does not take.
 */
export async function setUpHealthUser(setup: HealthUserSetup): Promise<string[]> {
  const { database, secret, username, progress } = setup;
  const versions = await secret.versions();
  await refuseForeignRole(setup, versions);
  const staged = await stagedVersion(setup, versions);
  const changed = await bringRoleInLine(database, username);
  progress("role", changed.length === 0 ? "in line" : `set: ${changed.join(", ")}`);
  const asUser = database.as(secret.arn);
  const login = staged ?? versions.current;
  const isLost = staged === undefined && !(await getsIn(asUser));
  if (login !== undefined && (staged !== undefined || isLost)) {
    await setPassword(database, login);
    if (staged !== undefined) await secret.promote(staged);
    changed.push("password");
  }
  progress("password", changed.includes("password") ? "set" : "in line");
  await mustGetIn(asUser, username);
  progress("login", "works");
  return changed;
}

/** The password that this run has to set: one that an earlier run has left, or a new one, or none. */
async function stagedVersion(
  { secret, username, rotate }: HealthUserSetup,
  versions: Versions,
): Promise<Version | undefined> {
  const { current, pending } = versions;
  if (pending?.username === username) return pending;
  if (current?.username === username && !rotate) return undefined;
  return await secret.stage({ username, password: randomBytes(32).toString("base64url") });
}

/** A role that the secret has never known belongs to someone: its password must not change under them. */
async function refuseForeignRole({ database, username, rotate }: HealthUserSetup, versions: Versions): Promise<void> {
  const known = [versions.current, versions.pending].some((version) => version?.username === username);
  if (known || rotate || !(await roleExists(database, username))) return;
  throw new Refusal(
    `the database has a role ${username} that this secret knows nothing of; nothing was changed. Choose another name ` +
      "as database.healthUser.username, or take the role over, with a new password: --rotate",
  );
}

async function mustGetIn(asUser: DataApi, username: string): Promise<void> {
  for (let attempt = 1; attempt <= checks.attempts; attempt += 1) {
    if (await getsIn(asUser)) return;
    if (attempt < checks.attempts) await sleep(checks.seconds * 1000);
  }
  throw new Refusal(
    `the database does not let ${username} in with the password of its secret: was another run at work, ` +
      "or does the cluster keep roles from logging in? Run the command again",
  );
}

import { readFileSync } from "node:fs";
import { AgentError } from "./host";

/** Whom a file belongs to. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The superuser. */
export const root: Owner = { uid: 0, gid: 0 };

/**
 * A user of the machine and its group; Node.js cannot ask for one by name.
 *
 * @throws {@link AgentError} when there is no such user.
 */
export function findUser(passwd: string, name: string): Owner {
  const fields = readFileSync(passwd, "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .find(([user]) => user === name);
  if (fields === undefined)
    throw new AgentError(`there is no user ${name} in ${passwd}: the image should have made it`);
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
}

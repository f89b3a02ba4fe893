import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { NodePaths } from "../pgpool/paths";

/** What a node makes up for itself and nobody else knows. */
export interface NodeKeys {
  /** Hides the health password in pgpool.conf. */
  readonly poolKey: string;
  /** Of the agent at Pgpool's control port. */
  readonly pcpPassword: string;
}

const random = (): string => randomBytes(32).toString("hex");

/** The node's keys: those that lie there if they are good, so that a second run changes nothing; new ones otherwise. */
export function nodeKeys(paths: NodePaths): NodeKeys {
  return {
    poolKey: /^[0-9a-f]{64}$/.exec(read(paths.poolKey).trim())?.[0] ?? random(),
    pcpPassword: /:([0-9a-f]{64})$/.exec(read(paths.pcpPassword).trim())?.[1] ?? random(),
  };
}

const read = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");

import type { NodePaths } from "../pgpool/paths";

/** What the agent has around it; tests put something smaller in its place. */
export interface Host {
  readonly paths: NodePaths;
  /** The environment that commands get. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Address of the instance metadata service. */
  readonly metadataEndpoint: string;
  /** One line for the journal; never a secret. */
  readonly log: (line: string) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** Something that the person who reads the journal can act on: its message is enough, a trace would only hide it. */
export class AgentError extends Error {}

/** The text of whatever was thrown. */
export const messageOf = (error: unknown): string => textOf(error, "message") ?? String(error);

/** A text that comes with an error, whichever class it is of. */
export function textOf(error: unknown, name: string): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : undefined;
}

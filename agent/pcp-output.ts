/** How full a node is. */
export interface Sessions {
  /** Clients that are connected. */
  readonly used: number;
  /** Clients that it can serve. */
  readonly limit: number;
}

/** Counts the children of `pcp_proc_info -a -v`, which shows each once for each backend of each slot. */
export function countSessions(output: string): Sessions {
  const pids = valuesOf(output, "PID");
  const states = valuesOf(output, "Status");
  const busy = new Set(pids.filter((_, index) => states[index] !== "Wait for connection"));
  return { used: busy.size, limit: new Set(pids).size };
}

/** The values of one title, in the order of the blocks that PCP's tools print. */
export const valuesOf = (output: string, title: string): string[] =>
  [...output.matchAll(new RegExp(`^${title} *: (.*)$`, "gm"))].flatMap(([, value = ""]) => value.trim());

/** Name under which the agent controls Pgpool-II. */
export const pcpUser = "agent";

/** Part of the name of PCP's socket; nothing listens on the port. */
export const pcpPort = 9898;

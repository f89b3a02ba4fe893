/** TCP ports, each written once. */
export const ports = {
  /** What clients dial on the load balancer, and what Aurora listens on. */
  postgresql: 5432,
  /** Pgpool-II on a node. */
  pgpool: 9999,
  /** pgdoctor's health check on a node. */
  health: 8071,
  https: 443,
} as const;

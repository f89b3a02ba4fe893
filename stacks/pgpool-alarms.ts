import type { AlarmRow } from "../constructs/monitoring/alarm-table";

/** Id of the alarm that also takes back an instance refresh. */
export const unhealthyNode = "unhealthy-node";

/** Alarms on the load balancer's view of the nodes. */
export const pgpoolAlarms: readonly AlarmRow[] = [
  {
    id: "no-healthy-node",
    metric: "HealthyHostCount",
    statistic: "Maximum",
    below: 1,
    minutes: 2,
    gaps: "breaching",
    why: "No node answers its health check: clients cannot use the database. Look first whether the database itself is up.",
  },
  {
    id: unhealthyNode,
    metric: "UnHealthyHostCount",
    statistic: "Minimum",
    above: 0,
    minutes: 5,
    why: "A node has failed its health check for five minutes: full, or it cannot reach the database. It is not replaced by itself.",
  },
];

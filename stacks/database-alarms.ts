import type { Environment } from "../config/schema/environment";
import type { AlarmRow } from "../constructs/monitoring/alarm-table";

/** Alarms on the cluster. Its metrics carry the cluster's name alone; the worst instance counts. */
export function databaseAlarms({ alarms, database }: Environment): readonly AlarmRow[] {
  return [
    {
      id: "database-cpu",
      metric: "CPUUtilization",
      statistic: "Maximum",
      above: alarms.databaseCpuPercent,
      minutes: 10,
      why: "An instance has been short of CPU for ten minutes: look at Performance Insights for the statement, or use a larger class.",
    },
    {
      id: "database-connections",
      metric: "DatabaseConnections",
      statistic: "Maximum",
      above: alarms.databaseConnections,
      minutes: 5,
      why: "An instance nears max_connections: new clients will be refused. Look for a client that leaks sessions, or lower pgpool.clientsPerNode.",
    },
    ...(database.replicaCount === 0
      ? []
      : [
          {
            id: "replica-lag",
            metric: "AuroraReplicaLagMaximum",
            statistic: "Maximum",
            above: alarms.replicaLagMs,
            minutes: 5,
            why: "A reader lags behind: reads through Pgpool may be stale. Look for long queries on readers or a write burst.",
          } satisfies AlarmRow,
        ]),
    {
      id: "failover",
      metric: "EngineUptime",
      statistic: "Minimum",
      below: 300,
      minutes: 1,
      dimensions: { Role: "WRITER" },
      why: "The writer's engine started less than five minutes ago: a failover or a restart. The event message on this topic says which.",
    },
  ];
}

import { flag, number, text } from "../literal";
import type { Setting } from "../setting";

/** The database: backend 0 is the writer's endpoint, backend 1 the readers', unless each reader has its own. */
export const backends: readonly Setting[] = [
  {
    name: "backend_clustering_mode",
    value: text("streaming_replication"),
    why: "Aurora replicates below PostgreSQL; to Pgpool-II it looks like a standby that never lags.",
  },
  { name: "backend_hostname0", value: (site) => text(site.writerEndpoint), why: "Follows the writer by name." },
  { name: "backend_port0", value: (site) => number(site.databasePort), why: "The cluster's port." },
  { name: "backend_weight0", value: number(0), why: "Reads go to readers, the writer has the writes." },
  {
    name: "backend_flag0",
    value: text("ALWAYS_PRIMARY|DISALLOW_TO_FAILOVER"),
    why: "The endpoint moves, not the role of the backend; a writer that fails over must never be detached.",
  },
  { name: "backend_application_name0", value: text("writer"), why: "Its name in Pgpool's messages." },
  {
    name: "backend_hostname1",
    readers: "endpoint",
    value: (site) => text(site.readerEndpoint),
    why: "Any of the readers, by name.",
  },
  {
    name: "backend_port1",
    readers: "endpoint",
    value: (site) => number(site.databasePort),
    why: "The cluster's port.",
  },
  { name: "backend_weight1", readers: "endpoint", value: number(1), why: "All reads that may be balanced." },
  {
    name: "backend_flag1",
    readers: "endpoint",
    value: text("ALLOW_TO_FAILOVER"),
    why: "Sessions hang on a reader that stopped at once until the backend is detached (measured: for ever).",
  },
  {
    name: "backend_application_name1",
    readers: "endpoint",
    value: text("reader"),
    why: "Its name in Pgpool's messages.",
  },
  { name: "connect_timeout", value: number(3000), why: "Milliseconds; a host that is gone answers nothing." },
  { name: "sr_check_period", value: number(0), why: "It asks for replication states, which Aurora does not have." },
  {
    name: "failover_on_backend_error",
    value: flag(false),
    why: "One client's broken connection is no reason to detach; the health check decides.",
  },
  {
    name: "failover_on_backend_shutdown",
    value: flag(false),
    why: "pg_terminate_backend and a restart look the same; the health check decides.",
  },
];

import type { Server } from "./server";

/** Columns of `aurora_replica_status()`, in the order of Amazon's documentation. */
const columns = `server_id text, session_id text, durable_lsn bigint, highest_lsn_rcvd bigint, current_read_lsn bigint,
  cur_replay_latency_in_usec bigint, active_txns bigint, is_current boolean, last_transport_error integer,
  last_error_timestamp timestamptz, last_update_timestamp timestamptz, feedback_xmin bigint, feedback_epoch integer,
  replica_lag_in_msec bigint, log_stream_speed_in_kib_per_second double precision, log_buffer_sequence_number bigint,
  oldest_read_view_trx_id bigint, oldest_read_view_lsn bigint, pending_read_ios bigint, read_ios bigint,
  iops integer, cpu double precision`;

/** A line of `aurora_replica_status()`. */
export interface AuroraLine {
  readonly server: Server;
  /** Since Aurora has heard of it. @default 0 */
  readonly secondsOld?: number;
}

/**
 * Makes the database Aurora, as far as a client can tell: a function over a table that tests fill. It is in pg_catalog,
 * as Aurora's own.
 */
export async function makeAurora(writer: Server): Promise<void> {
  await writer.sql(
    [
      `CREATE SCHEMA lab; CREATE TABLE lab.replica_status (${columns});`,
      "GRANT USAGE ON SCHEMA lab TO PUBLIC; GRANT SELECT ON lab.replica_status TO PUBLIC;",
      `CREATE FUNCTION pg_catalog.aurora_replica_status() RETURNS SETOF lab.replica_status`,
      "LANGUAGE sql STABLE AS 'SELECT * FROM lab.replica_status';",
    ].join("\n"),
  );
}

/** Which servers Aurora says that there are. */
export async function auroraHas(writer: Server, readers: readonly AuroraLine[]): Promise<void> {
  const lines = [
    `('${writer.name}', 'MASTER_SESSION_ID', now())`,
    ...readers.map(
      ({ server, secondsOld = 0 }) =>
        `('${server.name}', gen_random_uuid()::text, now() - interval '${secondsOld} seconds')`,
    ),
  ];
  await writer.sql(
    `BEGIN; DELETE FROM lab.replica_status;
     INSERT INTO lab.replica_status (server_id, session_id, last_update_timestamp) VALUES ${lines.join(", ")}; COMMIT;`,
  );
}

import * as z from "zod";

/** The servers of the cluster, as Aurora itself names them: identifiers of DB instances. */
export interface AuroraServers {
  /** Absent for the moments of a failover. */
  readonly writer?: string;
  readonly readers: readonly string[];
}

/**
 * Whether the database is Aurora. Only a function in pg_catalog counts: one that a user has made would run with the
 * rights of the health user.
 */
export const auroraQuery = "SELECT to_regprocedure('pg_catalog.aurora_replica_status()') IS NOT NULL AS aurora";

/** A server that was removed stays listed for a while; Amazon's own drivers leave out what is older than this. */
const staleSeconds = 300;

/** The server that is asked has no time in its own line. */
export const serversQuery = `SELECT server_id, session_id = 'MASTER_SESSION_ID' AS writer
  FROM pg_catalog.aurora_replica_status()
  WHERE session_id = 'MASTER_SESSION_ID' OR last_update_timestamp IS NULL
    OR last_update_timestamp > pg_catalog.now() - interval '${staleSeconds} seconds'
  ORDER BY last_update_timestamp DESC NULLS FIRST`;

/** An identifier becomes part of a host name, so nothing else is taken for one. */
const rowSchema = z.object({ server_id: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/), writer: z.boolean() });

/** Reads what {@link serversQuery} found; rows of which nothing can be known are left out. */
export function readServers(rows: readonly object[]): AuroraServers {
  const found = rows.flatMap((row) => rowSchema.safeParse(row).data ?? []);
  // During a failover two may say that they are the writer: the newest line is right.
  const writer = found.find((row) => row.writer)?.server_id;
  const readers = new Set(found.filter((row) => !row.writer).map(({ server_id }) => server_id));
  if (writer !== undefined) readers.delete(writer);
  return { ...(writer === undefined ? {} : { writer }), readers: [...readers].sort() };
}

/** The servers in words. */
export const describeServers = ({ writer, readers }: AuroraServers): string =>
  `Aurora's writer is ${writer ?? "unknown"}, its readers are ${readers.length === 0 ? "none" : readers.join(", ")}`;

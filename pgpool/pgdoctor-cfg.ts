import { ports } from "../config/ports";

/** What pgdoctor.cfg takes from the node. */
export interface PgdoctorSite {
  /** Folder of Pgpool's socket: pgdoctor cannot speak TLS. */
  readonly sockets: string;
  readonly user: string;
  readonly database: string;
}

/**
 * pgdoctor.cfg. Its grammar knows no escape: `#` cuts a line and a second `=` cuts a value, so a third of random
 * passwords would break it. The password is in a file that PGPASSFILE names, and `''` keeps libpq from taking the next
 * word for one.
 *
 * @throws for a value that the file cannot hold.
 */
export function renderPgdoctorCfg({ sockets, user, database }: PgdoctorSite): string {
  const values = {
    http_port: String(ports.health),
    syslog_facility: "local7",
    pg_host: sockets,
    pg_port: String(ports.pgpool),
    pg_user: user,
    pg_password: "''",
    pg_database: database,
    pg_connection_timeout: "2",
  };
  for (const [name, value] of Object.entries(values)) {
    if (name === "pg_password" || /^[\w./:@$-]+$/.test(value)) continue;
    throw new Error(`${name} has a character that pgdoctor.cfg cannot hold; letters, digits and _./:@$- are allowed`);
  }
  const lines = Object.entries(values).map(([name, value]) => `${name} = ${value}\n`);
  return [...lines, '"SELECT 1" = "1"\n'].join("");
}

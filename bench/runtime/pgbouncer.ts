import { readFileSync } from "node:fs";
import { ports } from "../../config/ports";
import { writerEndpoint } from "../../lab/endpoints";
import type { Lab } from "../../lab/lab";
import { Background } from "./background";

export type PoolMode = "session" | "transaction";

/**
 * pgbouncer with TLS on both sides, both checked, and SCRAM on both: as strict as the node. It knows one server only,
 * the writer.
 */
export async function startPgbouncer(lab: Lab, name: string, port: number, mode: PoolMode): Promise<Background> {
  const pooler = new Background(name);
  const { paths } = lab.node;
  const users = `SELECT format('"%s" "%s"', rolname, rolpassword) FROM pg_authid WHERE rolpassword IS NOT NULL`;
  const settings = {
    listen_addr: "127.0.0.1",
    listen_port: String(port),
    unix_socket_dir: "",
    auth_type: "scram-sha-256",
    auth_file: pooler.write("users", await lab.cluster.servers.one.sql(users)),
    pool_mode: mode,
    max_client_conn: "200",
    default_pool_size: "80",
    client_tls_sslmode: "require",
    client_tls_cert_file: pooler.write("server.crt", readFileSync(paths.serverCertificate, "utf8")),
    client_tls_key_file: pooler.write("server.key", readFileSync(paths.serverKey, "utf8")),
    server_tls_sslmode: "verify-full",
    server_tls_ca_file: pooler.write("ca.pem", lab.cluster.authority.certificate),
    log_connections: "0",
    log_disconnections: "0",
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}`);
  const databases = `[databases]\n* = host=${writerEndpoint} port=${ports.postgresql}\n`;
  const conf = pooler.write("pgbouncer.ini", `${databases}[pgbouncer]\n${lines.join("\n")}\n`);
  await pooler.start(port, ["pgbouncer", conf]);
  return pooler;
}

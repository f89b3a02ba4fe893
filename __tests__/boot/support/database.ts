import { postgresqlBinaries } from "../../support/tools";
import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { opensslCertificate } from "../../support/certificates";
import { eventually, idsOf, type Place } from "./network";

const binaries = postgresqlBinaries();

/** A real PostgreSQL that asks for TLS and SCRAM as Aurora does; it answers on every loopback address. */
export class Database {
  /** What signs its certificate, which is for every name under database.test. */
  readonly certificate: string;
  private readonly sockets: string;

  constructor(
    private readonly place: Place,
    private readonly folder: string,
    /** The folder as this process sees it. */
    outside = folder,
  ) {
    this.sockets = folder;
    // The guard checks the name that it connects to, and here these are addresses.
    const { certificate, privateKey } = opensslCertificate("database.test", "IP:127.0.0.1,IP:127.0.0.2");
    this.certificate = certificate;
    const { uid, gid } = idsOf("postgres");
    mkdirSync(outside, { recursive: true, mode: 0o755 });
    const owned = (name: string, content: string): void => {
      writeFileSync(join(outside, name), content, { mode: 0o600 });
      chownSync(join(outside, name), uid, gid);
    };
    owned("server.crt", certificate);
    owned("server.key", privateKey);
    owned("hba.conf", "local all postgres peer\nhostssl all all 0.0.0.0/0 scram-sha-256\n");
    chownSync(outside, uid, gid);
  }

  async start(): Promise<void> {
    const data = join(this.folder, "data");
    const asPostgres = { user: "postgres" };
    const made = this.place.run(`${binaries}/initdb`, ["-D", data, "-N", "-A", "peer"], asPostgres);
    if (made.status !== 0) throw new Error(made.stderr);
    const settings = {
      listen_addresses: "127.0.0.1,127.0.0.2",
      unix_socket_directories: this.sockets,
      hba_file: join(this.folder, "hba.conf"),
      ssl: "on",
      ssl_cert_file: join(this.folder, "server.crt"),
      ssl_key_file: join(this.folder, "server.key"),
      password_encryption: "scram-sha-256",
      fsync: "off",
      log_min_messages: "fatal",
    };
    const parameters = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    this.place.start(`${binaries}/postgres`, ["-D", data, ...parameters], asPostgres);
    await eventually("PostgreSQL answers", () => this.place.run("psql", this.psql(), asPostgres).status === 0);
  }

  /** Gives a role a password; both reach psql through its input, not its arguments. */
  setPassword(role: string, password: string): void {
    const input = [
      `SELECT set_config('test.password', ${literal(password)}, false) \\g /dev/null`,
      `DO $do$ BEGIN`,
      `IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE "${role}" LOGIN; END IF;`,
      `EXECUTE format('ALTER ROLE "${role}" PASSWORD %L', current_setting('test.password'));`,
      `END $do$;`,
    ].join("\n");
    const done = this.place.run("psql", this.psql(), { user: "postgres", input });
    if (done.status !== 0) throw new Error("the role was not changed");
  }

  private psql(): string[] {
    return ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", this.sockets, "-d", "postgres"];
  }
}

const literal = (text: string): string => `E'${text.replace(/[\\']/g, "\\$&")}'`;

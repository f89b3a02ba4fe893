import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, chownSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Authority } from "./authority";
import { eventually, within } from "./eventually";
import { asUser, idsOf, labEnvironment, labFolder, must } from "./machine";
import { signalTree } from "./processes";
import { serverHba, serverSettings } from "./server-files";

export type StopMode = "fast" | "immediate" | "crash";

/** One PostgreSQL server on its own loopback address. */
export class Server {
  readonly data: string;
  private readonly sockets: string;
  private readonly logFile: string;
  private running: ChildProcess | undefined;

  constructor(
    readonly name: string,
    readonly address: string,
    private readonly authority: Authority,
  ) {
    this.data = join(labFolder, "data", name);
    // Not in the data: a copy of that would have them too.
    this.sockets = join(labFolder, "sockets", name);
    this.logFile = join(labFolder, `${name}.log`);
  }

  /** Its main process, the parent of all others. */
  get pid(): number {
    if (this.running?.pid === undefined) throw new Error(`${this.name} does not run`);
    return this.running.pid;
  }

  /** Makes an empty cluster that is the primary. */
  async create(): Promise<void> {
    this.folder();
    await this.must("initdb", ["-D", this.data, "-N", "-A", "peer", "-U", "postgres", "--no-instructions"]);
    this.configure();
    await this.start();
  }

  /** Makes a streaming replica. */
  async cloneFrom(primary: Server): Promise<void> {
    this.folder();
    const connection = `host=${primary.address} user=postgres sslmode=require`;
    await this.must("pg_basebackup", ["-D", this.data, "-d", connection, "-X", "stream", "-c", "fast"]);
    this.follow(primary);
    await this.start();
  }

  /** Makes it a replica of another server from its next start on. */
  follow(primary: Server): void {
    const connection = `host=${primary.address} user=postgres sslmode=require application_name=${this.name}`;
    this.own("standby.signal", "");
    this.configure(`primary_conninfo = '${connection}'`);
  }

  async start(): Promise<void> {
    const [command, parameters] = asUser("postgres", "postgres", ["-D", this.data]);
    const log = openSync(this.logFile, "a");
    this.running = spawn(command, parameters, { stdio: ["ignore", log, log], env: labEnvironment() });
    closeSync(log);
    await eventually(`${this.name} answers`, async () => (await this.sql("SELECT 1")).trim() === "1", 60);
  }

  /** Ends it in one of the ways in which a database server goes. */
  async stop(mode: StopMode): Promise<void> {
    const { running } = this;
    if (running === undefined || !this.isRunning) return;
    const gone = new Promise((resolve) => running.once("exit", resolve));
    if (mode === "crash") this.signalAll("SIGKILL");
    else running.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
    // A frozen one never sees the signal, and a fast stop waits for a replica that is frozen.
    await within(40, `${this.name} stopped (${mode})`, gone).catch((error: unknown) => {
      this.signalAll("SIGKILL");
      throw error;
    });
    this.running = undefined;
  }

  /** Stops every process where it stands: the kernel goes on accepting connections that nobody answers. */
  freeze(): void {
    this.signalAll("SIGSTOP");
  }

  thaw(): void {
    this.signalAll("SIGCONT");
  }

  async promote(): Promise<void> {
    await this.sql("SELECT pg_promote(true, 30)");
    await eventually(
      `${this.name} is the primary`,
      async () => (await this.sql("SELECT pg_is_in_recovery()")).trim() === "f",
    );
  }

  /** Runs SQL as the superuser over the server's own socket. */
  async sql(text: string, database = "postgres"): Promise<string> {
    const parameters = ["-XAtq", "-v", "ON_ERROR_STOP=1", "-h", this.sockets, "-U", "postgres", "-d", database];
    return await this.must("psql", parameters, text);
  }

  /** A setting that takes effect at once. */
  async set(name: string, value: string): Promise<void> {
    await this.sql(`ALTER SYSTEM SET ${name} = '${value}'`);
    await this.sql("SELECT pg_reload_conf()");
  }

  /** Has every statement logged, with the name of the application that sent it. */
  async logStatements(): Promise<void> {
    await this.set("log_line_prefix", "%m|%a|");
    await this.set("log_statement", "all");
  }

  /** What it logged, in the order of the file. */
  get log(): string {
    return readFileSync(this.logFile, "utf8");
  }

  private get isRunning(): boolean {
    return this.running?.exitCode === null && this.running.signalCode === null;
  }

  private configure(...more: string[]): void {
    const own = { ...serverSettings, listen_addresses: this.address, unix_socket_directories: this.sockets };
    const lines = Object.entries(own).map(([name, value]) => `${name} = '${value}'`);
    this.own("postgresql.conf", [...lines, ...more, ""].join("\n"));
    this.own("pg_hba.conf", [...serverHba, ""].join("\n"));
    this.own("pg_ident.conf", "lab games postgres\n");
    this.own("server.crt", this.authority.read("server.crt"));
    this.own("server.key", this.authority.read("server.key"));
  }

  private own(name: string, content: string): void {
    const path = join(this.data, name);
    rmSync(path, { force: true });
    writeFileSync(path, content, { mode: 0o600 });
    const { uid, gid } = idsOf("postgres");
    chownSync(path, uid, gid);
  }

  private folder(): void {
    const { uid, gid } = idsOf("postgres");
    // What an earlier lab of the same run has logged is nobody's business here.
    rmSync(this.logFile, { force: true });
    for (const path of [this.data, this.sockets]) {
      // An earlier lab of the same run.
      rmSync(path, { recursive: true, force: true });
      mkdirSync(path, { recursive: true });
      chmodSync(path, 0o700);
      chownSync(path, uid, gid);
    }
  }

  private async must(program: string, parameters: readonly string[], input = ""): Promise<string> {
    const [command, all] = asUser("postgres", program, parameters);
    return await must(command, all, { input });
  }

  private signalAll(signal: NodeJS.Signals): void {
    const main = this.running?.pid;
    if (main !== undefined && this.isRunning) signalTree(main, signal);
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { messageOf } from "../../agent/host";
import { eventually } from "../../lab/eventually";
import { asUser, idsOf, labEnvironment, labFolder } from "../../lab/machine";

/** A pooler that is measured: files of its own, and a process that lives as long as the private machine. */
export class Background {
  readonly folder: string;
  private running: ChildProcess | undefined;

  constructor(readonly name: string) {
    this.folder = join(labFolder, "measured", name);
    mkdirSync(this.folder, { recursive: true });
    const { uid, gid } = idsOf("pgpool");
    chownSync(this.folder, uid, gid);
  }

  get pid(): number {
    if (this.running?.pid === undefined) throw new Error(`${this.name} has not started`);
    return this.running.pid;
  }

  /** Writes a file that its user alone may read. */
  write(name: string, content: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    const { uid, gid } = idsOf("pgpool");
    chownSync(path, uid, gid);
    return path;
  }

  /** Starts it, and waits until its port is open. */
  async start(port: number, command: readonly [string, ...string[]], environment = {}): Promise<void> {
    const [program, parameters] = asUser("pgpool", command[0], command.slice(1));
    const log = openSync(join(this.folder, "log"), "a");
    this.running = spawn(program, parameters, {
      cwd: "/",
      stdio: ["ignore", log, log],
      env: labEnvironment(environment),
    });
    closeSync(log);
    await eventually(`${this.name} listens`, async () => await isOpen(port), 20).catch((error: unknown) => {
      throw new Error(`${messageOf(error)}; it said:\n${readFileSync(join(this.folder, "log"), "utf8").slice(-1000)}`);
    });
  }
}

const isOpen = async (port: number): Promise<boolean> =>
  await new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });

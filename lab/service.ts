import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, readdirSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { within } from "./eventually";
import { asUser, idsOf, labEnvironment, type ServiceUser } from "./machine";
import { signalTree } from "./processes";

/** A unit of the image, as far as systemd matters here. */
export interface Unit {
  readonly user: ServiceUser;
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  /** RestartSec; it restarts always. */
  readonly restartSeconds: number;
  /** Where pgpool-log.service copies what the journal has of it. @default - nowhere */
  readonly log?: string;
  /** What systemd does before each start: a new RuntimeDirectory, and no process of the last life. */
  readonly prepare?: () => void;
}

/** As KillMode=mixed does: whatever is left of a unit's last life; each unit has its own user in the private machine. */
function endLeftovers(user: ServiceUser): void {
  const { uid } = idsOf(user);
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (statSync(`/proc/${entry}`).uid === uid) process.kill(Number(entry), "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

/** Copies lines as `journalctl --output=short-iso` shows them. */
function copyLines(stream: Readable, path: string, identifier: string): void {
  createInterface({ input: stream }).on("line", (line) => {
    const time = new Date().toISOString().replace(/\.\d+Z$/, "+0000");
    appendFileSync(path, `${time} lab ${identifier}: ${line}\n`);
  });
}

/** Runs a unit as systemd does: under its user, started again whenever it ends. */
export class Service {
  /** What it printed. */
  output = "";
  /** How often it was started again. */
  restarts = 0;
  private running: ChildProcess | undefined;
  private stopped = true;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly unit: Unit) {}

  get pid(): number | undefined {
    return this.running?.pid;
  }

  start(): void {
    this.stopped = false;
    const { user, command, environment, restartSeconds, prepare } = this.unit;
    prepare?.();
    const [program, parameters] = asUser(user, command[0], command.slice(1));
    const child = spawn(program, parameters, { cwd: "/", env: labEnvironment(environment) });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => (this.output += chunk));
      if (this.unit.log !== undefined) copyLines(stream, this.unit.log, `${command[0]}[${child.pid}]`);
    }
    this.running = child;
    child.once("exit", () => {
      this.running = undefined;
      endLeftovers(user);
      if (this.stopped) return;
      this.timer = setTimeout(() => {
        this.restarts += 1;
        this.start();
      }, restartSeconds * 1000);
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.running?.kill(signal);
  }

  /** The same for each of its processes. */
  signalAll(signal: NodeJS.Signals): void {
    const main = this.pid;
    if (main !== undefined) signalTree(main, signal);
  }

  /** Ends it for good, as systemd does: by force what does not end by itself. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const { running } = this;
    if (running === undefined) return;
    const gone = new Promise((resolve) => running.once("exit", resolve));
    // A process that was stopped where it stands would never see the signal.
    this.signalAll("SIGCONT");
    running.kill(signal);
    const late = setTimeout(() => running.kill("SIGKILL"), 10_000);
    await within(20, `the service of ${this.unit.user} ended`, gone);
    clearTimeout(late);
  }
}

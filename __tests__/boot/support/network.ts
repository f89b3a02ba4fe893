import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import type { Owner } from "../../../agent/users";

/** What a command did. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command gets beside its arguments. */
export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Runs it as another user of the machine. */
  readonly user?: string;
}

/**
 * A network of our own with nothing but loopback: servers listen on the ports of a real node, disturb nobody, and
 * cannot reach or be reached from anywhere. It ends with the test, whatever happens to the processes in it.
 */
export class PrivateNetwork {
  private readonly holder: ChildProcess;
  private readonly started: ChildProcess[] = [];

  constructor() {
    // `cat` ends when this process does, since its input ends then.
    this.holder = spawn("unshare", ["--net", "sh", "-c", "ip link set lo up && echo up && exec cat"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
  }

  async ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.holder.stdout?.once("data", () => {
        resolve();
      });
      this.holder.once("exit", () => {
        reject(new Error("no network of its own: this needs root"));
      });
    });
  }

  run(command: string, parameters: readonly string[], options: RunOptions = {}): Outcome {
    const { status, stdout, stderr } = spawnSync("nsenter", this.inside(command, parameters, options), {
      encoding: "utf8",
      input: options.input ?? "",
      env: { ...baseEnvironment(), ...options.environment },
      timeout: 60_000,
    });
    return { status, stdout, stderr };
  }

  /** Starts a server; its output goes nowhere unless it is collected. */
  start(command: string, parameters: readonly string[], options: RunOptions = {}): ChildProcess {
    const child = spawn("nsenter", this.inside(command, parameters, options), {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...baseEnvironment(), ...options.environment },
    });
    this.started.push(child);
    return child;
  }

  /** Ends the servers, the last one first, and the network. */
  async end(): Promise<void> {
    for (const child of this.started.reverse()) await endProcess(child, "SIGINT");
    await endProcess(this.holder, "SIGTERM");
  }

  private inside(command: string, parameters: readonly string[], { user }: RunOptions): string[] {
    const asUser = user === undefined ? [] : ["setpriv", "--reuid", user, "--regid", user, "--init-groups"];
    return ["-t", String(this.holder.pid), "--net", ...asUser, command, ...parameters];
  }
}

const baseEnvironment = (): Record<string, string> => ({
  PATH: `/usr/sbin:/sbin:${process.env.PATH ?? ""}`,
  LC_ALL: "C.UTF-8",
});

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await gone;
  clearTimeout(timer);
}

/** Waits for something that has to happen soon. */
export async function eventually(what: string, holds: () => boolean, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`${what} did not happen within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The ids of a user of this machine and of its group. */
export const idsOf = (user: string): Owner => ({ uid: id("-u", user), gid: id("-g", user) });

const id = (which: string, user: string): number => Number(execFileSync("id", [which, user], { encoding: "utf8" }));

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";

/** How a command ended, and all that it printed. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** @throws with the end of the output of a command that failed. */
export function succeeded({ code, output }: Outcome): void {
  if (code !== 0) throw new Error(`exit code ${String(code)}: …${output.slice(-4000)}`);
}

/** Runs commands, and can end those that a test which failed has left behind. */
export class Runner {
  private readonly running = new Set<ChildProcess>();

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return new Promise((done, failed) => {
      // A group of its own, because cdktf starts terraform, which starts providers.
      const options = { cwd, env: { ...this.env, ...env }, detached: true };
      const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
      this.running.add(child);
      let output = "";
      const collect = (chunk: Buffer) => (output += chunk.toString());
      child.stdout.on("data", collect);
      child.stderr.on("data", collect);
      child.on("error", failed);
      child.on("close", (code) => {
        this.running.delete(child);
        done({ code, output: stripVTControlCharacters(output) });
      });
    });
  }

  async stop(): Promise<void> {
    const left = [...this.running].map(async (child) => {
      const end = once(child, "close");
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      await end;
    });
    await Promise.all(left);
  }
}

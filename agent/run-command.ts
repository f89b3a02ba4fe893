import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { AgentError } from "./host";

const run = promisify(execFile);

/** What a command needs beside its arguments. */
export interface CommandOptions {
  readonly seconds: number;
  /** Beside the agent's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a command printed. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command without a shell. No secret may be among its arguments: everybody on the machine can read them.
 *
 * @throws {@link AgentError} when it cannot be run, fails or takes too long, with what it said.
 */
export async function runCommand(
  command: string,
  parameters: readonly string[],
  { seconds, environment = {} }: CommandOptions,
): Promise<CommandOutput> {
  try {
    // Its own environment is handed on by Node.js; env is only replaced where something is added.
    return await run("env", [...pairs(environment), command, ...parameters], {
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
      encoding: "utf8",
      // A thousand children of Pgpool-II fill more than the megabyte that is the default.
      maxBuffer: 32 * 1024 * 1024,
    });
  } catch (error) {
    throw new AgentError(`${[command, ...parameters].join(" ")}: ${reason(error, seconds)}`);
  }
}

const pairs = (environment: Readonly<Record<string, string>>): string[] =>
  Object.entries(environment).map(([name, value]) => `${name}=${value}`);

function reason(error: unknown, seconds: number): string {
  if (!(error instanceof Error)) return String(error);
  if ("killed" in error && error.killed === true) return `no end within ${seconds} s`;
  const said = "stderr" in error && typeof error.stderr === "string" ? error.stderr.trim() : "";
  return said === "" ? error.message : said;
}

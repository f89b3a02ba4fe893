import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { AgentError, type Host, messageOf, textOf } from "./host";

const run = promisify(execFile);

/** What a command needs beside its arguments. */
export interface CommandOptions {
  readonly seconds: number;
  /** Beside the environment that every command gets. */
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
  host: Host,
  [command, ...parameters]: readonly [string, ...string[]],
  { seconds, environment = {} }: CommandOptions,
): Promise<CommandOutput> {
  try {
    return await run(command, parameters, {
      env: { ...host.environment, ...environment },
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

function reason(error: unknown, seconds: number): string {
  if (typeof error === "object" && error !== null && "killed" in error && error.killed === true) {
    return `no end within ${seconds} s`;
  }
  const said = textOf(error, "stderr")?.trim() ?? "";
  return said === "" ? messageOf(error) : said;
}

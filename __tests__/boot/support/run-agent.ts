import { type ChildProcess, spawn } from "node:child_process";
import type { Outcome } from "./network";

/** An agent that runs. */
export interface Running {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

/** Starts the bundled agent as a process of its own; the fake that it asks may live in this one. */
export function startAgent(
  bundle: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Running {
  const child = spawn(process.execPath, [bundle, ...parameters], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const outcome = new Promise<Outcome>((resolve) => {
    child.once("close", (status) => {
      resolve({ status, stdout, stderr });
    });
  });
  return { process: child, outcome };
}

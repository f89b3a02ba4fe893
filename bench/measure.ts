import { spawnSync } from "node:child_process";

/** What one run of a process cost. */
export interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

/** The middle of several runs, each number by itself. */
export function median(runs: readonly Cost[]): Cost {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  return { seconds: middle(runs.map((run) => run.seconds)), megabytes: middle(runs.map((run) => run.megabytes)) };
}

/** A hook that writes the process's own peak memory, in kB, to file descriptor 3 when it ends. */
const hook = "process.on('exit',()=>require('fs').writeSync(3,String(process.resourceUsage().maxRSS)))";

/**
 * Runs node once and measures the whole process.
 *
 * @throws when the process fails: a figure of a failed run means nothing.
 */
export function runOnce(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Cost {
  const preload = `data:text/javascript,import{createRequire}from"module";const require=createRequire("file:///");${hook}`;
  const start = performance.now();
  const result = spawnSync(process.execPath, ["--import", preload, ...args], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    encoding: "utf8",
  });
  const seconds = (performance.now() - start) / 1000;
  if (result.status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${result.stderr}`);
  return { seconds, megabytes: Number(result.output[3]) / 1024 };
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { environments } from "../config/environments/index";
import { parseEnvironment } from "../config/load-environment";
import { readArguments } from "../commands/arguments";
import { report } from "../commands/report-error";
import { addStacks } from "../stacks/environment-stacks";
import { floorScript } from "./floor";
import { median, runOnce, type Cost } from "./measure";

const help = `npm run bench [-- --rounds N]

Measures the main job (node scripts/run.mjs main.ts) against the floor: a script that only loads cdktf and the same
leaf modules. Whole processes, rounds alternating, medians. Then the synthesis of 1, 10 and 100 environments in one
process.

  --rounds N   rounds of each (default 9)
  --help       this text`;

/** Nobody waits for the first run after a change, which also builds the script, so it is shown by itself. */
function mainJob(rounds: number, folder: string): string[] {
  const root = process.cwd();
  const floor = join(root, "node_modules", ".cache", "floor.cjs");
  writeFileSync(floor, floorScript(root));
  const env = { ...process.env, CDKTF_OUTDIR: join(folder, "cdktf.out"), PGPOOL_ENVIRONMENT: "example" };
  const main = ["scripts/run.mjs", "main.ts"];
  rmSync(join(root, "node_modules", ".cache", "pgpool-aurora"), { recursive: true, force: true });
  const first = runOnce(main, root, env);
  runOnce([floor], root, env);
  const costs = Array.from({ length: rounds }, () => ({
    floor: runOnce([floor], root, env),
    main: runOnce(main, root, env),
  }));
  const base = median(costs.map((round) => round.floor));
  const row = (name: string, { seconds, megabytes }: Cost) =>
    `  ${name.padEnd(28)}${seconds.toFixed(2).padStart(8)} s ${(seconds / base.seconds).toFixed(2).padStart(6)}` +
    `${megabytes.toFixed(0).padStart(10)} MB ${(megabytes / base.megabytes).toFixed(2).padStart(6)}`;
  return [
    "main job                            wall  ratio       memory  ratio",
    row("floor: load the framework", base),
    row("main job", median(costs.map((round) => round.main))),
    row("main job, first after a change", first),
  ];
}

/** Synthesizes an environment n times in this process, each time as another environment. */
function synthesis(count: number, folder: string): string {
  const start = performance.now();
  for (let index = 0; index < count; index++) {
    const app = new App({ outdir: join(folder, `environment-${index}`), stackTraces: false });
    addStacks(app, parseEnvironment(`bench-${index}`, environments.production));
    app.synth();
  }
  const milliseconds = performance.now() - start;
  return `  ${String(count).padStart(12)} ${milliseconds.toFixed(0).padStart(10)} ms ${(milliseconds / count).toFixed(1).padStart(10)} ms`;
}

try {
  const options = readArguments(help, ["rounds"]);
  if (options !== undefined) {
    const folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-bench-"));
    try {
      console.log(mainJob(Number(options.rounds ?? 9), folder).join("\n"));
      console.log("\nsynthesis   environments       total       each");
      for (const count of [1, 10, 100]) console.log(synthesis(count, folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
} catch (error) {
  report(error);
}

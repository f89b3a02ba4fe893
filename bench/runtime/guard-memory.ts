import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { readArguments } from "../../commands/arguments";
import { report, UsageError } from "../../commands/report-error";
import { pause } from "../../lab/eventually";
import { Lab } from "../../lab/lab";
import { machineFacts } from "./machine-facts";
import { cpuSeconds } from "./processes";
import { median } from "./statistics";

const help = `npm run bench:guard -- [--minutes N] [--output FILE]

Runs the guard of a node against a primary and two replicas of this machine, looks every 10 s at its memory, its CPU and
how long its round took, and prints a line of a table.

  --minutes N     how long (default 10)
  --output FILE   adds the line to this file, with a head when it is new
  --help          this text

It needs root and Debian's postgresql, pgpool2 and openssl.`;

/** What a node's guard may take: PSS and RSS in MB, start in seconds. */
const bars = { memory: 100, start: 1 } as const;
const periodMilliseconds = 10_000;

const head = [
  "| minutes | samples | start | RSS at 10 s | RSS at the end | most RSS | PSS at the end | CPU of one core | round: middle | longest | machine |",
  "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
];

interface Sample {
  readonly rss: number;
  readonly pss: number;
  readonly round: number;
}

const megabytes = (pid: number, file: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/${file}`, "utf8"))?.[1]) / 1024;

async function measure(minutes: number): Promise<string> {
  const lab = new Lab();
  await lab.start();
  const { node } = lab;
  const begin = performance.now();
  await node.startGuard();
  const start = (performance.now() - begin) / 1000;
  const pid = node.guard.pid ?? 0;
  const samples: Sample[] = [];
  const cpu = cpuSeconds(pid);
  for (let count = 0; count < minutes * 6; count += 1) {
    await pause(periodMilliseconds);
    if (node.guard.pid !== pid) throw new Error(`the guard has ended:\n${node.guard.output}`);
    samples.push({
      rss: megabytes(pid, "status", "VmRSS"),
      pss: megabytes(pid, "smaps_rollup", "Pss"),
      round: node.metrics.loopMilliseconds,
    });
    console.error(`${((count + 1) / 6).toFixed(1)} min  RSS ${samples.at(-1)?.rss.toFixed(1) ?? ""} MB`);
  }
  const share = (cpuSeconds(pid) - cpu) / ((samples.length * periodMilliseconds) / 1000);
  const rounds = samples.map(({ round }) => round);
  const [first, last, most] = [samples[0]?.rss ?? NaN, samples.at(-1), Math.max(...samples.map(({ rss }) => rss))];
  const { cores = "", CPU: cpuModel = "", "Node.js": version = "" } = await machineFacts();
  const mb = (value = NaN): string => `${value.toFixed(1)} MB`;
  const cells = [
    minutes,
    samples.length,
    `${start.toFixed(2)} s`,
    mb(first),
    mb(last?.rss),
    mb(most),
    mb(last?.pss),
    `${(share * 100).toFixed(2)} %`,
    `${median(rounds).toFixed(0)} ms`,
    `${Math.max(...rounds)} ms`,
    `${cores} cores, ${cpuModel}, Node.js ${version}`,
  ];
  if (most >= bars.memory || start >= bars.start) process.exitCode = 1;
  return `| ${cells.join(" | ")} |`;
}

async function main(): Promise<void> {
  const options = readArguments(help, ["minutes", "output"]);
  if (options === undefined) return;
  const { minutes = "10", output } = options;
  if (!/^[1-9]\d{0,3}$/.test(minutes)) throw new UsageError(`--minutes takes a whole number, not "${minutes}"`);
  const row = await measure(Number(minutes));
  console.log([...head, row].join("\n"));
  if (process.exitCode === 1) console.error(`a bar is broken: ${bars.memory} MB, start within ${bars.start} s`);
  if (output === undefined) return;
  if (!existsSync(output)) writeFileSync(output, `# What the guard takes\n\n${head.join("\n")}\n`);
  appendFileSync(output, `${row}\n`);
}

main()
  .catch(report)
  .finally(() => process.exit());

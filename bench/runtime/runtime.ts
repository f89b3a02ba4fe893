import { mkdirSync, writeFileSync } from "node:fs";
import { readArguments } from "../../commands/arguments";
import { report, UsageError } from "../../commands/report-error";
import { measureBoot } from "./boot-time";
import { renderChart } from "./chart";
import { contenders, withoutTls } from "./contenders";
import { measureCosts } from "./costs";
import { measureGuard } from "./guard-overhead";
import { machineFacts } from "./machine-facts";
import { renderMarkdown } from "./markdown";
import type { Changes } from "./pgpool-variant";
import { prepare } from "./prepare";
import type { Results } from "./results";
import { measureRounds } from "./rounds";
import { measureMemory } from "./sessions-memory";

const help = `npm run bench:runtime -- [--rounds N] [--seconds N] [--quick] [--change NAME=VALUE;…] [--output FOLDER]

Measures Pgpool-II as a node has it against a direct connection, the replaced system's configuration and pgbouncer, with
pgbench, on a primary and a replica of this machine. Rounds alternate; what counts are ratios within a round.

  --rounds N               rounds (default 3)
  --seconds N              seconds of each run (default 2); three rounds of two seconds take about 8 minutes
  --quick                  one client, one round of one second: only shows that everything runs, in less than a minute
  --change NAME=VALUE;…    one more contender: the node's configuration with these lines of pgpool.conf
  --output FOLDER          writes benchmark.md and benchmark.svg there; otherwise the report is only printed
  --help                   this text

It needs root and Debian's postgresql, pgpool2, pgbouncer and openssl; PGPOOL=/path names another Pgpool-II.`;

function positive(name: string, written: string | undefined, preset: number): number {
  if (written === undefined) return preset;
  if (!/^[1-9]\d{0,3}$/.test(written)) throw new UsageError(`--${name} takes a whole number, not "${written}"`);
  return Number(written);
}

function readChanges(written = ""): Changes {
  const pairs = written.split(";").filter((pair) => pair !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^\s*(\w+)\s*=\s*(.+)$/.exec(pair) ?? [];
      if (name === undefined || value === undefined) throw new UsageError(`--change takes NAME=VALUE, not "${pair}"`);
      return [name, value];
    }),
  );
}

const tell = (line: string): void => {
  console.error(line);
};

async function main(): Promise<void> {
  const options = readArguments(help, ["rounds", "seconds", "change", "output"], ["quick"]);
  if (options === undefined) return;
  const quick = options.quick === true;
  const rounds = positive("rounds", options.rounds, quick ? 1 : 3);
  const seconds = positive("seconds", options.seconds, quick ? 1 : 2);
  const changes = readChanges(options.change);
  tell("servers and a node start …");
  const lab = await prepare();
  // Before anybody has connected, and once more afterwards where it matters.
  const memory = [await measureMemory(lab, quick ? 4 : 64)];
  const all = await contenders(lab, changes);
  const measured = await measureRounds(all, { rounds, seconds, quick }, tell);
  const [direct, ours] = all;
  if (direct === undefined || ours === undefined) throw new Error("nothing is compared");
  tell("where the time goes, what the guard costs, how long a boot takes …");
  const compared = quick ? ["ours"] : ["direct", "ours", "replaced", "pgbouncer", "cached", "changed"];
  const alike = all.filter(({ name }) => compared.includes(name));
  const costs = await measureCosts(lab, [...alike, ...(await withoutTls(lab))], quick ? 1 : 3);
  const guard = await measureGuard(lab, ours, quick ? 1 : 10, seconds);
  const results: Results = {
    command: ["npm run bench:runtime --", ...process.argv.slice(2)].join(" "),
    machine: await machineFacts(),
    says: Object.fromEntries(all.map(({ name, says }) => [name, says])),
    measured,
    costs,
    guard,
    memory,
    boot: await measureBoot(lab, quick ? 1 : 5),
  };
  const markdown = renderMarkdown(results);
  console.log(markdown);
  if (options.output === undefined) return;
  mkdirSync(options.output, { recursive: true });
  writeFileSync(`${options.output}/benchmark.md`, markdown);
  writeFileSync(`${options.output}/benchmark.svg`, renderChart(results));
}

main()
  .catch(report)
  // Servers and poolers are the private machine's, which ends with this process.
  .finally(() => process.exit());

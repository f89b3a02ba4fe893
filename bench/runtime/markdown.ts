import { nameOf } from "./cells";
import { compare, goals, type Results } from "./results";
import { median, ratios, type Spread } from "./statistics";

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);

const range = ({ median: middle, min, max }: Spread, digits = 2): string =>
  `${middle.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;

/** The report of a run. It holds what was measured and what follows from a goal, and no opinion. */
export function renderMarkdown(results: Results): string {
  const { command, machine, says, guard, boot, memory } = results;
  const facts = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  return `${[
    "# What Pgpool-II costs",
    "",
    `Written by \`${command}\`; every figure is of that run: ${facts.join(", ")}.`,
    "Clients, pooler, writer and reader share these cores, so only ratios mean something, and none of them shows what a second reader adds.",
    "",
    "![throughput of each contender](benchmark.svg)",
    "",
    ...table(["contender", "is"], Object.entries(says)),
    "",
    "## Throughput",
    "",
    "Transactions in a second (middle of the rounds), and the ratio to the direct TLS connection of the same round: middle",
    "(least–most).",
    "",
    ...throughput(results),
    "",
    "## Goals",
    "",
    ...judged(results),
    "",
    "## Latency",
    "",
    "Milliseconds of a transaction, of all rounds together, clients as fast as they can. pgbench does not count the time",
    "to connect, so there is none for `reconnect`.",
    "",
    ...latency(results),
    "",
    "## Where the time goes",
    "",
    "CPU of one transaction in microseconds: all processes of the pooler, and all of both servers.",
    "",
    ...table(
      ["cell", "contender", "pooler", "database", "is"],
      results.costs.map((cost) => [
        cost.cell,
        cost.contender,
        cost.pooler.toFixed(0),
        cost.database.toFixed(0),
        cost.says,
      ]),
    ),
    "",
    "## Memory, start, guard",
    "",
    ...table(
      ["sessions", "Pgpool-II before (PSS)", "with them", "for each"],
      memory.map(({ sessions, idle, loaded }) => [
        String(sessions),
        `${idle.toFixed(0)} MB`,
        `${loaded.toFixed(0)} MB`,
        `${((loaded - idle) / sessions).toFixed(2)} MB`,
      ]),
    ),
    "",
    `From the start of the agent's boot to a client's first answer: ${range(boot)} s.`,
    "",
    `Throughput with the guard to that without it, ${guard.pairs} pairs of \`select 16\`: ${range(guard.ratio, 3)}; the`,
    `guard takes ${(guard.cpuShare * 100).toFixed(1)} % of one core meanwhile, which is its cost beyond the noise of the ratio.`,
  ].join("\n")}\n`;
}

function throughput({ measured, says }: Results): string[] {
  const names = Object.keys(says);
  const cells = [...new Set(measured.map(({ cell }) => cell))];
  const rows = cells.map((cell) => {
    const of = (name: string) => measured.find((row) => row.cell === cell && row.contender === name);
    const direct = of("direct")?.tps ?? [];
    const shown = names.map((name) => {
      const tps = of(name)?.tps;
      if (tps === undefined) return "";
      const rate = median(tps).toFixed(0);
      return name === "direct" ? rate : `${rate}<br>${range(ratios(tps, direct))}`;
    });
    return [nameOf(cell), ...shown];
  });
  return table(["cell", ...names], rows);
}

function judged({ measured }: Results): string[] {
  return goals.flatMap(({ to, least, says }) => {
    const rows = compare(measured, "ours", to);
    const reached = rows.filter(({ ratio }) => ratio.median >= least).length;
    return [
      `**${says}, in every cell**: reached in ${reached} of ${rows.length}.`,
      "",
      ...table(
        ["cell", `ours to ${to}`, "reached"],
        rows.map(({ cell, ratio }) => [nameOf(cell), range(ratio), ratio.median >= least ? "yes" : "no"]),
      ),
      "",
    ];
  });
}

function latency({ measured }: Results): string[] {
  const rows = measured.flatMap(({ cell, contender, latency: found }) =>
    found === undefined
      ? []
      : [[nameOf(cell), contender, ...[found.p50, found.p95, found.p99].map((value) => value.toFixed(2))]],
  );
  return table(["cell", "contender", "p50", "p95", "p99"], rows);
}

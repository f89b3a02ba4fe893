import { readFileSync } from "node:fs";
import { cells } from "../../../bench/runtime/cells";
import { renderChart } from "../../../bench/runtime/chart";
import { renderMarkdown } from "../../../bench/runtime/markdown";
import { tpsOf } from "../../../bench/runtime/pgbench";
import { changeSettings } from "../../../bench/runtime/pgpool-variant";
import { compare, type Results } from "../../../bench/runtime/results";
import { median, percentile, ratios } from "../../../bench/runtime/statistics";

const cell = { workload: "select", clients: 16 } as const;
const measured = [
  { cell, contender: "direct", tps: [1000, 1000, 4000] },
  { cell, contender: "ours", tps: [500, 900, 2400], latency: { p50: 1, p95: 2, p99: 3 } },
  { cell, contender: "replaced", tps: [500, 1000, 1200] },
  { cell, contender: "pgbouncer", tps: [1000, 1000, 4000] },
];
const results: Results = {
  command: "npm run bench:runtime",
  machine: { cores: "2" },
  says: { direct: "no pooler", ours: "as rendered", replaced: "theirs", pgbouncer: "the other" },
  measured,
  costs: [],
  guard: { ratio: { median: 0.99, min: 0.9, max: 1.1 }, pairs: 10, cpuShare: 0.004 },
  memory: [{ sessions: 64, idle: 16, loaded: 144 }],
  boot: { median: 0.6, min: 0.5, max: 0.7 },
};

test("a ratio is that of one round, not of the rounds' middles", () => {
  expect(ratios([500, 900, 2400], [1000, 1000, 4000])).toEqual({ median: 0.6, min: 0.5, max: 0.9 });
});

test("the middle of an even number of values lies between the two of the middle", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test("a percentile is a value that was measured", () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([percentile(values, 0.5), percentile(values, 0.95), percentile(values, 0.99)]).toEqual([50, 95, 99]);
});

test("contenders are compared in the cells that both have", () => {
  const rows = [...measured, { cell: { workload: "reconnect", clients: 1 } as const, contender: "ours", tps: [1] }];
  expect(compare(rows, "ours", "replaced")).toEqual([{ cell, ratio: { median: 1, min: 0.9, max: 2 } }]);
});

test("the report says of each goal where it is reached", () => {
  const report = renderMarkdown(results);
  expect(report).toContain("**at least the replaced system's clear text, in every cell**: reached in 1 of 1.");
  expect(report).toContain("**at least 0.9 of pgbouncer's with TLS, in every cell**: reached in 0 of 1.");
  expect(report).toContain("| select 16 | 1000 | 900<br>0.60 (0.50–0.90) |");
  expect(report).toContain("| 64 | 16 MB | 144 MB | 2.00 MB |");
});

test("the chart is the same for the same figures, and has a bar for each contender", () => {
  const chart = renderChart(results);
  expect(renderChart(structuredClone(results))).toBe(chart);
  expect(chart.match(/<rect [^>]*fill="#(1a7f5a|b3541e|3b6fb6)"/g)).toHaveLength(3);
});

test.each([
  ["transactions that failed", "number of failed transactions: 1 (0.1%)\ntps = 5 (without initial connection time)"],
  ["a report without a figure", "connection to server failed"],
])("%s are no measurement", (_, report) => {
  expect(() => tpsOf(report)).toThrow("did not measure");
});

test("pgbench's figure is read", () => {
  const report = "number of failed transactions: 0 (0.000%)\ntps = 6544.12 (without initial connection time)\n";
  expect(tpsOf(report)).toBe(6544.12);
});

test("a changed setting takes the place of the one that was there", () => {
  expect(changeSettings("# why\nssl = on\nport = 9999\n", { ssl: "off", new_one: "1" })).toBe(
    "# why\nport = 9999\n\nssl = off\nnew_one = 1\n",
  );
});

test("every workload is measured with 1, 16 and 64 clients, and once in a quick run", () => {
  expect(cells(false)).toHaveLength(12);
  expect(cells(true).map(({ clients }) => clients)).toEqual([1, 1, 1, 1]);
});

test("the replaced system's file says where it is from, and holds no address of its own", () => {
  const conf = readFileSync("bench/runtime/replaced.conf", "utf8");
  expect(conf).toMatch(/^# .*\n# \(https:\/\/github.com\/aws-yz\/pgpool-cluster-auto/);
  expect(conf).toContain("backend_hostname0 = '<cluster endpoint>'");
});

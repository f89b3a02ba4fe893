import { nameOf } from "./cells";
import type { Results } from "./results";
import { ratios } from "./statistics";

const shown = [
  { name: "ours", colour: "#1a7f5a" },
  { name: "replaced", colour: "#b3541e" },
  { name: "pgbouncer", colour: "#3b6fb6" },
] as const;

const left = 130;
const width = 760;
const barHeight = 9;
const groupHeight = shown.length * barHeight + 12;
const top = 56;

const text = (x: number, y: number, content: string, more = ""): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${more}>${content}</text>`;

/** Bars of throughput against the direct TLS connection (the line at 1.0), with the least and the most of the rounds. */
export function renderChart({ measured, command }: Results): string {
  const cells = [...new Set(measured.map(({ cell }) => cell))];
  const bars = cells.flatMap((cell, row) => {
    const direct = measured.find((found) => found.cell === cell && found.contender === "direct")?.tps ?? [];
    return shown.flatMap(({ name, colour }, index) => {
      const tps = measured.find((found) => found.cell === cell && found.contender === name)?.tps;
      return tps === undefined ? [] : [{ row, index, colour, ratio: ratios(tps, direct) }];
    });
  });
  const most = Math.ceil(Math.max(1, ...bars.map(({ ratio }) => ratio.max)) * 2) / 2;
  const x = (ratio: number): number => left + (ratio / most) * (width - left - 50);
  const y = (row: number, index: number): number => top + row * groupHeight + index * barHeight;
  const height = top + cells.length * groupHeight + 14;
  const ticks = Array.from({ length: most * 2 + 1 }, (_, index) => index / 2);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<title>Throughput, ratio to a direct TLS connection (${command})</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(left, 16, "throughput, ratio to a direct TLS connection; thin line: least and most of the rounds"),
    ...shown.map(({ name, colour }, index) =>
      text(left + index * 110, 32, name, ` fill="${colour}" font-weight="bold"`),
    ),
    ...ticks.flatMap((tick) => [
      line(x(tick), top - 6, x(tick), height - 14, tick === 1 ? "#000000" : "#dddddd"),
      text(x(tick), top - 10, tick.toFixed(1), ' text-anchor="middle" fill="#666666"'),
    ]),
    ...cells.map((cell, row) => text(left - 8, y(row, 2) + 1, nameOf(cell), ' text-anchor="end"')),
    ...bars.flatMap(({ row, index, colour, ratio }) => [
      `<rect x="${left}" y="${y(row, index)}" width="${(x(ratio.median) - left).toFixed(1)}" height="${barHeight - 2}" fill="${colour}"/>`,
      line(x(ratio.min), y(row, index) + 3.5, x(ratio.max), y(row, index) + 3.5, "#222222"),
      text(x(ratio.max) + 4, y(row, index) + 7, ratio.median.toFixed(2), ' font-size="8"'),
    ]),
    "</svg>",
  ].join("\n")}\n`;
}

const line = (x1: number, y1: number, x2: number, y2: number, colour: string): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${colour}"/>`;

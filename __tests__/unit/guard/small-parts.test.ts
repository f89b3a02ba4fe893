import { BoundedLog } from "../../../agent/guard/bounded-log";
import { writerPids } from "../../../agent/guard/pgpool-control";

const block = (pid: number, backend: number): string =>
  `Backend PID               : ${pid}\nConnected                 : 1\nPID                       : 9\nBackend ID                : ${backend}\n`;

test("knows the database's processes of the writer's backend, without those that may be a reader's", () => {
  // 7 is a process of both servers; on a reader it serves the reader's backend.
  const output = [block(5, 0), block(6, 1), block(7, 0), block(7, 1), block(0, 0)].join("\n");
  expect(writerPids(output, [1])).toEqual([5]);
});

test("a log says the same line once a minute, and how many it left out", () => {
  let now = 0;
  const lines: string[] = [];
  const log = new BoundedLog(
    (line) => lines.push(line),
    () => now,
  );
  for (let second = 0; second < 60; second += 1, now += 1000) log.line("B is silent");
  expect(lines).toEqual(["B is silent"]);
  log.line("B is silent");
  expect(lines).toEqual(["B is silent", "59 lines of the last minute were left out", "B is silent"]);
});

test("a log tells of each event, also when the same happened before", () => {
  const lines: string[] = [];
  const log = new BoundedLog(
    (line) => lines.push(line),
    () => 0,
  );
  for (let count = 0; count < 100; count += 1) log.event("detached");
  expect(lines).toEqual(Array.from({ length: 60 }, () => "detached"));
});

test("a log has at most 60 lines a minute, and one more that says so", () => {
  let now = 0;
  const lines: string[] = [];
  const log = new BoundedLog(
    (line) => lines.push(line),
    () => now,
  );
  for (let count = 0; count < 6000; count += 1, now += 100) log.line(`line ${count}`);
  expect(lines.length).toBeLessThanOrEqual(10 * 61);
});

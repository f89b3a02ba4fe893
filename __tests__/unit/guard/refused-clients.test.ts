import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RefusedClients } from "../../../agent/guard/refused-clients";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "refused-"));
  path = join(folder, "node.log");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const at = "2026-01-02T03:04:05+0000 ip-10-0-0-1";
const refused = `${at} pgpool[42]: 77 [unknown] ERROR:  Sorry, too many clients already\n`;
const add = (...lines: string[]): void => {
  appendFileSync(path, lines.join(""));
};

test("counts from the moment at which it starts", () => {
  add(refused, refused);
  const clients = new RefusedClients(path);
  expect(clients.look()).toBe(0);
  add(refused, `${at} pgpool[42]: 77 [unknown] LOG:  something else\n`, refused);
  expect(clients.look()).toBe(2);
  expect(clients.look()).toBe(0);
});

test.each([
  ["the database that is full", `${at} pgpool[42]: 77 [unknown] FATAL:  sorry, too many clients already\n`],
  ["another program", refused.replace("pgpool[42]", "pgdoctor[42]")],
  [
    "a client's words",
    `${at} pgpool[42]: 77 [unknown] LOG:  user "ERROR:  Sorry, too many clients already" is not known\n`,
  ],
])("does not count what %s says", (_, line) => {
  add("");
  const clients = new RefusedClients(path);
  clients.look();
  add(line);
  expect(clients.look()).toBe(0);
});

test("counts a line that comes in two parts once", () => {
  add("");
  const clients = new RefusedClients(path);
  clients.look();
  add(refused.slice(0, 60));
  expect(clients.look()).toBe(0);
  add(refused.slice(60));
  expect(clients.look()).toBe(1);
});

test("goes on where logrotate has cut the file, and where the file is another one", () => {
  add(refused, refused, refused);
  const clients = new RefusedClients(path);
  clients.look();
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
  add(refused, refused);
  expect(clients.look()).toBe(2);
  renameSync(path, `${path}.1`);
  writeFileSync(path, refused);
  expect(clients.look()).toBe(1);
});

test("a log that comes later is read from its beginning, and none is no fault", () => {
  const clients = new RefusedClients(path);
  expect(clients.look()).toBe(0);
  add(refused);
  expect(clients.look()).toBe(1);
  rmSync(path);
  expect(clients.look()).toBe(0);
});

test("reads a flood in parts, and loses nothing of it", () => {
  add("");
  const clients = new RefusedClients(path);
  clients.look();
  const lines = 100_000;
  add(refused.repeat(lines));
  const looks = [clients.look(), clients.look(), clients.look(), clients.look()];
  expect(Math.max(...looks)).toBeLessThan(lines);
  expect(looks.reduce((sum, count) => sum + count, 0)).toBe(lines);
});

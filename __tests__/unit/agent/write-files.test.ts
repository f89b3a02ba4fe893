import { randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { writeFiles } from "../../../agent/write-files";
import { TestNode } from "./support/node";

let node: TestNode;
beforeEach(() => (node = new TestNode()));
afterEach(() => {
  node.remove();
});

const file = (name: string, content: string, mode = 0o600) => ({
  path: join(node.folder, "files", name),
  content,
  owner: node.owner,
  mode,
});
const read = (name: string): string => readFileSync(join(node.folder, "files", name), "utf8");

test("writes with the mode that is asked for, whatever the umask", () => {
  const umask = process.umask(0);
  writeFiles([file("secret", "a"), file("public", "b", 0o644)]);
  process.umask(umask);
  expect(statSync(join(node.folder, "files/secret")).mode & 0o777).toBe(0o600);
  expect(statSync(join(node.folder, "files/public")).mode & 0o777).toBe(0o644);
});

test("does not touch what is right already", () => {
  writeFiles([file("a", "1"), file("b", "1")]);
  const before = statSync(join(node.folder, "files/a"));
  expect(writeFiles([file("a", "1"), file("b", "2")])).toEqual([join(node.folder, "files/b")]);
  const after = statSync(join(node.folder, "files/a"));
  expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  expect(read("b")).toBe("2");
});

test("closes a file that somebody opened to others", () => {
  writeFiles([file("a", "1")]);
  chmodSync(join(node.folder, "files/a"), 0o644);
  expect(writeFiles([file("a", "1")])).toHaveLength(1);
  expect(statSync(join(node.folder, "files/a")).mode & 0o777).toBe(0o600);
});

test("replaces a link instead of writing where it leads", () => {
  mkdirSync(join(node.folder, "files"));
  writeFileSync(join(node.folder, "elsewhere"), "theirs");
  symlinkSync(join(node.folder, "elsewhere"), join(node.folder, "files/a"));
  writeFiles([file("a", "ours")]);
  expect(readFileSync(join(node.folder, "elsewhere"), "utf8")).toBe("theirs");
  expect(read("a")).toBe("ours");
});

test("gives the old file to those who have it open, and the new one to those who come", () => {
  writeFiles([file("a", "old")]);
  const inode = statSync(join(node.folder, "files/a")).ino;
  writeFiles([file("a", "new")]);
  expect(statSync(join(node.folder, "files/a")).ino).not.toBe(inode);
});

test("removes what a killed run left, but not what another run is writing", () => {
  const left = (seconds: number): string => {
    const path = join(node.folder, "files", `a.${randomUUID()}`);
    writeFileSync(path, "secret");
    utimesSync(path, Date.now() / 1000 - seconds, Date.now() / 1000 - seconds);
    return path;
  };
  writeFiles([file("a", "1")]);
  const [old, recent] = [left(120), left(0)];
  writeFiles([file("a", "1")]);
  expect([existsSync(old), existsSync(recent)]).toEqual([false, true]);
});

test("changes nothing and leaves nothing over when one of the files cannot be written", () => {
  writeFiles([file("a", "old")]);
  // Its own name is as long as one may be, so what is written beside it has one that is too long.
  const impossible = file("b".repeat(255), "x");
  expect(() => writeFiles([file("a", "new"), impossible])).toThrow("ENAMETOOLONG");
  expect(read("a")).toBe("old");
  expect(readdirSync(join(node.folder, "files"))).toEqual(["a"]);
});

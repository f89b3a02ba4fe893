import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Owner } from "./users";

/** A file as it shall be. */
export interface NodeFile {
  readonly path: string;
  readonly content: string;
  readonly owner: Owner;
  readonly mode: number;
}

/**
 * Makes files what they shall be, all or none: everything is written and flushed beside its place first, and moved
 * there only when the disk has taken all of it. A reader sees the old file or the new one, never a part. Files that
 * are right already are not touched.
 *
 * @returns the paths that were changed.
 * @throws what the file system says; nothing has changed then, and nothing is left over.
 */
export function writeFiles(files: readonly NodeFile[]): string[] {
  const changed = files.filter((file) => !isRight(file)).map((file) => ({ file, fresh: freshName(file.path) }));
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) removeLeftovers(folder);
  try {
    for (const { file, fresh } of changed) writeFresh(file, fresh);
    for (const { file, fresh } of changed) renameSync(fresh, file.path);
  } finally {
    for (const { fresh } of changed) rmSync(fresh, { force: true });
  }
  for (const folder of new Set(changed.map(({ file }) => dirname(file.path)))) flush(folder);
  return changed.map(({ file }) => file.path);
}

/** Not guessable and not shared: two runs at once do not write into each other's files. */
const freshName = (path: string): string => `${path}.${randomUUID()}`;

/** Age from which a fresh file is one that a killed run has left: a run takes milliseconds. */
const leftoverMilliseconds = 60_000;

/** A killed run leaves secrets in files that nobody would miss. */
function removeLeftovers(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!/\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)) continue;
    const path = join(folder, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found !== undefined && Date.now() - found.mtimeMs > leftoverMilliseconds) rmSync(path, { force: true });
  }
}

function isRight({ path, content, owner, mode }: NodeFile): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return (
    found?.isFile() === true &&
    (found.mode & 0o7777) === mode &&
    found.uid === owner.uid &&
    found.gid === owner.gid &&
    readFileSync(path, "utf8") === content
  );
}

function writeFresh({ path, content, owner, mode }: NodeFile, fresh: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o711 });
  const file = openSync(fresh, "wx", 0o600);
  try {
    writeFileSync(file, content);
    // The mode first: what was given away can be changed by its owner only.
    fchmodSync(file, mode);
    fchownSync(file, owner.uid, owner.gid);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function flush(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

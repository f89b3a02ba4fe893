import { randomUUID } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
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

function isRight({ path, content, owner, mode }: NodeFile): boolean {
  try {
    const found = lstatSync(path);
    return (
      found.isFile() &&
      (found.mode & 0o7777) === mode &&
      found.uid === owner.uid &&
      found.gid === owner.gid &&
      readFileSync(path, "utf8") === content
    );
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
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

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { ImageBuild } from "../config/image/schema";

/** A file that the builder gets. */
export interface ImageFile {
  /** Where it is under `files/` of the written template. */
  readonly path: string;
  readonly content: string;
}

/** The files of a folder of the project, in the order of their paths. */
export function folderFiles(root: string, folder: string): ImageFile[] {
  const base = join(root, "packer");
  return readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(base, file).split(sep).join("/"), content: readFileSync(file, "utf8") }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Changes when, and only when, what is built changes: the settings, a script, a file of the tree, the agent. */
export function configurationHash(image: ImageBuild, files: readonly ImageFile[]): string {
  return createHash("sha256").update(JSON.stringify({ image, files })).digest("hex");
}

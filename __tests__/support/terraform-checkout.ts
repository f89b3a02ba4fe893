import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const leftOut = [".git", "cdktf.out", "coverage", "node_modules", "plan", "state"];

/** A copy of the project, so that no test leaves anything in the real one. */
export class Checkout {
  constructor(readonly folder: string) {
    cpSync(root, folder, { recursive: true, filter: (path) => !leftOut.includes(relative(root, path)) });
    linkPackages(join(folder, "node_modules"));
  }

  /** Changes a file as a person would; what is to be replaced must be there. */
  edit(path: string, from: string, to: string): void {
    const file = join(this.folder, path);
    const text = readFileSync(file, "utf8");
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    writeFileSync(file, text.replaceAll(from, to));
  }
}

/** The installed packages, but not what scripts/run.mjs keeps beside them: that stays in the copy. */
function linkPackages(folder: string): void {
  const packages = join(root, "node_modules");
  mkdirSync(folder);
  for (const name of readdirSync(packages)) {
    if (name !== ".cache") symlinkSync(join(packages, name), join(folder, name));
  }
}

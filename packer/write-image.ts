import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigurationError } from "../config/fault";
import { templateFile } from "./rendered-image";

/**
 * Writes a rendered image to a folder, which then holds nothing else of an earlier one.
 *
 * @throws {@link ConfigurationError} when the folder holds something else: it would be lost.
 */
export function writeImage(rendered: ReadonlyMap<string, string>, output: string): void {
  const found = existsSync(output) ? readdirSync(output) : [];
  if (found.length > 0 && !found.includes(templateFile)) {
    const allowed = "a folder that is new, empty or written by this command";
    const remedy = "choose another folder: the files in this one are not ours to replace";
    throw new ConfigurationError("--output", [{ path: "--output", got: output, allowed, remedy }]);
  }
  rmSync(join(output, "files"), { recursive: true, force: true });
  for (const [path, content] of rendered) {
    mkdirSync(dirname(join(output, path)), { recursive: true });
    writeFileSync(join(output, path), content);
  }
}

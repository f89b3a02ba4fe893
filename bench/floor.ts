import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folders whose files import the framework. */
const folders = ["contracts", "constructs", "stacks"];

/** Modules of the framework that the project imports, each once: what no synthesis can do without. */
export function frameworkModules(root: string): string[] {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(root, folder, name)),
  );
  const imports = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/^import (?!type )[^;]*? from "(@cdktf\/[^"]+|cdktf|constructs)";/gms)].map(
      ([, name = ""]) => name,
    ),
  );
  return [...new Set(imports)].sort();
}

/** A script that loads those modules and ends. */
export const floorScript = (root: string): string =>
  frameworkModules(root)
    .map((name) => `require(${JSON.stringify(name)});`)
    .join("\n");

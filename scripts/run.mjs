// Runs a TypeScript entry of this project: node scripts/run.mjs <entry.ts> [arguments]
// Our own files and zod become one script, the framework is loaded as it is: a few files instead of a hundred.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const [entry, ...rest] = process.argv.slice(2);
if (entry === undefined) {
  console.error("usage: node scripts/run.mjs <entry.ts> [arguments]");
  process.exit(2);
}

const file = resolve(root, entry);
const { outputFiles } = buildSync({
  entryPoints: [file],
  absWorkingDir: root,
  bundle: true,
  write: false,
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "error",
  external: ["cdktf", "constructs", "@cdktf/*", "@aws-sdk/*", "pg-native"],
});

process.argv = [process.argv[0], file, ...rest];
const require = createRequire(file);
compileFunction(outputFiles[0].text, ["require", "module", "exports", "__filename", "__dirname"], { filename: file })(
  require,
  { exports: {} },
  {},
  file,
  root,
);

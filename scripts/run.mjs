// Runs a TypeScript entry of this project: node scripts/run.mjs <entry.ts> [arguments]
//
// The entry and all that it imports, the framework too, become one script: reading one file instead of six hundred is
// most of what there is to gain. It is kept in node_modules/.cache until one of our files or the installed packages
// change (docs/decisions/0004-one-script.md).
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);

/** What tells one version of a file from another; undefined when there is no such file. */
function stamp(path) {
  const stat = statSync(resolve(root, path), { throwIfNoEntry: false });
  return stat && `${stat.mtimeMs}:${stat.size}`;
}

/** The kept script; its first line is a comment with the stamps of the files that it was made from. */
function cached(file) {
  try {
    const script = readFileSync(file, "utf8");
    const stamps = JSON.parse(script.slice(2, script.indexOf("\n")));
    return Object.entries(stamps).every(([path, known]) => stamp(path) === known) ? script : undefined;
  } catch {
    return undefined; // there is none yet, or it is not whole: it is built again
  }
}

function build(entry, file) {
  const { outputFiles, metafile } = require("esbuild").buildSync({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "error",
    external: ["@aws-sdk/*", "esbuild", "pg-native"],
  });
  const own = Object.keys(metafile.inputs).filter((path) => !path.startsWith("node_modules/"));
  const inputs = [...own, "node_modules/.package-lock.json", "scripts/run.mjs"];
  const stamps = Object.fromEntries(inputs.map((path) => [path, stamp(path)]));
  const script = `//${JSON.stringify(stamps)}\n${outputFiles[0].text}`;
  keep(file, script);
  return script;
}

/** esbuild has already said what is wrong and where; a stack trace of ours would only hide it. */
function built(entry, file) {
  try {
    return build(entry, file);
  } catch {
    process.exit(1);
  }
}

/** Written beside and moved into place: two runs at once cannot see half a file. */
function keep(file, script) {
  try {
    mkdirSync(join(file, ".."), { recursive: true });
    const part = `${file}.${process.pid}`;
    writeFileSync(part, script);
    renameSync(part, file);
  } catch {
    // A checkout that cannot be written to: the next run builds again.
  }
}

const [name, ...rest] = process.argv.slice(2);
if (name === undefined) {
  console.error("usage: node scripts/run.mjs <entry.ts> [arguments]");
  process.exit(2);
}
const entry = resolve(root, name);
const file = join(
  root,
  "node_modules/.cache/pgpool-aurora",
  `${relative(root, entry).replaceAll(/[^\w.-]/g, "_")}.cjs`,
);
const script = cached(file) ?? built(entry, file);
process.argv = [process.argv[0], entry, ...rest];
new Script(`(function (require) {${script}\n})`, { filename: entry }).runInThisContext()(createRequire(entry));

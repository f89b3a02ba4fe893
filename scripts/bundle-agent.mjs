// Bundles the node agent into one CommonJS file that the distribution's Node.js runs: node scripts/bundle-agent.mjs <file>
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const [outfile, ...rest] = process.argv.slice(2);
if (outfile === undefined || rest.length > 0) {
  console.error("usage: node scripts/bundle-agent.mjs <file>");
  process.exit(2);
}

buildSync({
  entryPoints: ["agent/main.ts"],
  absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
  outfile: resolve(outfile),
  bundle: true,
  platform: "node",
  // The oldest Node.js that an image has: Debian 13's.
  target: "node20",
  format: "cjs",
  // Names stay, so that a trace in the journal can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  // pg has a second driver, which nobody asks for.
  external: ["pg-native"],
  legalComments: "none",
  logLevel: "error",
});

import { readFileSync, writeFileSync } from "node:fs";
import { readmes, withTables } from "../config/readmes";
import { readArguments } from "./arguments";
import { report } from "./report-error";

const files = Object.keys(readmes).join(" and ");
const help = `npm run settings [-- --check]

Writes the tables of all settings and of sizes into ${files}, from config/.

  --check   write nothing; end with 1 if a table is stale
  --help    this text`;

/** The README files whose table is not what the schema says, each with its right text. */
function stale(): (readonly [string, string])[] {
  return Object.entries(readmes)
    .map(([file, words]) => {
      const text = readFileSync(file, "utf8");
      return { file, text, right: withTables(text, words) };
    })
    .flatMap(({ file, text, right }) => (text === right ? [] : [[file, right] as const]));
}

function main(): void {
  const options = readArguments(help, [], ["check"]);
  if (options === undefined) return;
  const faulty = stale();
  if (options.check === true && faulty.length > 0) {
    console.error(`A table is stale in ${faulty.map(([file]) => file).join(", ")}: run npm run settings`);
    process.exitCode = 1;
    return;
  }
  for (const [file, right] of faulty) {
    writeFileSync(file, right);
    console.log(`${file}: tables written`);
  }
  if (faulty.length === 0) console.log(`${files}: tables are up to date`);
}

try {
  main();
} catch (error) {
  report(error);
}

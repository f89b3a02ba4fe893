import { readFileSync, writeFileSync } from "node:fs";
import { readmes } from "../config/readmes";
import { settingsTable, withTable } from "../config/settings-table";
import { readArguments } from "./arguments";
import { report } from "./report-error";

const files = Object.keys(readmes).join(" and ");
const help = `npm run settings [-- --check]

Writes the table of all settings into ${files}, from the schema in config/schema/.

  --check   write nothing; end with 1 if a table is stale
  --help    this text`;

/** The README files whose table is not what the schema says, each with its right text. */
function stale(): (readonly [string, string])[] {
  return Object.entries(readmes)
    .map(([file, words]) => {
      const text = readFileSync(file, "utf8");
      return { file, text, right: withTable(text, settingsTable(words)) };
    })
    .flatMap(({ file, text, right }) => (text === right ? [] : [[file, right] as const]));
}

function main(): void {
  const options = readArguments(help, [], ["check"]);
  if (options === undefined) return;
  const faulty = stale();
  if (options.check === true && faulty.length > 0) {
    console.error(`The settings table is stale in ${faulty.map(([file]) => file).join(", ")}: run npm run settings`);
    process.exitCode = 1;
    return;
  }
  for (const [file, right] of faulty) {
    writeFileSync(file, right);
    console.log(`${file}: settings table written`);
  }
  if (faulty.length === 0) console.log(`${files}: settings tables are up to date`);
}

try {
  main();
} catch (error) {
  report(error);
}

import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { images } from "../config/image/images";
import { parseImage } from "../config/image/load-image";
import { Refusal, report, UsageError } from "./report-error";

const help = `npm run pgdoctor -- FILE

Builds pgdoctor as the image has it, from the same commit and with the same corrections, and puts it at FILE: for
PGDOCTOR=FILE npm run test:runtime.

  --help   this text

It needs git, make, gcc, libpq-dev and libmicrohttpd-dev; PGDOCTOR_GIT_URL names a mirror of the repository.`;

function readArguments() {
  try {
    return parseArgs({ options: { help: { type: "boolean" } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${help}`);
  }
}

function main(): void {
  const { values, positionals } = readArguments();
  if (values.help === true) {
    console.log(help);
    return;
  }
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError(help);
  const { url, commit } = parseImage("debian-13-x86_64", images["debian-13-x86_64"]).pgdoctor;
  // Relative to where npm was called.
  const to = resolve(process.env.INIT_CWD ?? ".", file);
  const script = ["scripts/build-pgdoctor.sh", process.env.PGDOCTOR_GIT_URL ?? url, commit, to];
  const { status } = spawnSync("bash", script, { stdio: "inherit" });
  if (status !== 0) throw new Refusal("pgdoctor was not built; see above");
  console.log(to);
}

try {
  main();
} catch (error) {
  report(error);
}

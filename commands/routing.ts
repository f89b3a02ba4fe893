import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Lab } from "../lab/lab";
import { must } from "../lab/machine";
import { labDocument } from "../lab/node";
import { reasonOf, routingTrace } from "../lab/routing-trace";
import { ports } from "../config/ports";
import { type Consistency, consistencies } from "../config/consistency";
import { report, UsageError } from "./report-error";

const help = `npm run routing -- [--consistency LEVEL] [--setup FILE.sql] FILE.sql

Runs a file of SQL through Pgpool-II in one session, in front of a primary and a replica on this machine, and prints
where each statement went and why.

  --consistency LEVEL   ${consistencies.join(", ")} (default: strong)
  --setup FILE.sql      runs before, on the primary alone: tables and functions that the file needs
  --help                this text

It needs root and Debian's postgresql, pgpool2 and openssl; PGPOOL=/path names another Pgpool-II.`;

interface Options {
  readonly file: string;
  readonly setup: string;
  readonly consistency: Consistency;
}

const user = "routing";

function readOptions(): Options | undefined {
  const { values, positionals } = parseArgs({
    options: { consistency: { type: "string" }, setup: { type: "string" }, help: { type: "boolean" } },
    allowPositionals: true,
  });
  if (values.help === true) return undefined;
  const consistency = consistencies.find((level) => level === (values.consistency ?? "strong"));
  if (consistency === undefined) throw new UsageError(`--consistency takes one of: ${consistencies.join(", ")}`);
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError(help);
  return { file: read(path), setup: values.setup === undefined ? "" : read(values.setup), consistency };
}

/** Relative to where npm was called. */
const read = (path: string): string => readFileSync(resolve(process.env.INIT_CWD ?? ".", path), "utf8");

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) {
    console.log(help);
    return;
  }
  const lab = new Lab();
  const { settings } = labDocument({});
  await lab.start({ settings: { ...settings, session_consistency: options.consistency } });
  const { one, two } = lab.cluster.servers;
  const password = "routing";
  await lab.cluster.setPassword(user, password);
  await one.sql(`CREATE DATABASE ${user} OWNER ${user}`);
  await one.sql(`SET ROLE ${user};\n${options.setup}`, user);
  await lab.cluster.caughtUp();
  for (const server of [one, two]) await server.logStatements();
  const connection = `host=127.0.0.1 port=${ports.pgpool} user=${user} dbname=${user} sslmode=require`;
  const environment = { PGPASSWORD: password, PGAPPNAME: user };
  const printed = await must("psql", ["-Xqo", "/dev/null", connection], { input: options.file, environment });
  if (printed !== "") console.log(printed);
  const trace = routingTrace(user, one.log, two.log, options.file);
  for (const [index, { text, servers }] of trace.entries()) {
    const shown = text.replace(/\s+/g, " ").slice(0, 60).padEnd(60);
    console.log(`${servers.join("+").padEnd(14)} ${shown}  ${reasonOf(trace, index, options.consistency)}`);
  }
  await lab.stop();
}

main().catch((error: unknown) => {
  report(error);
  process.exit();
});

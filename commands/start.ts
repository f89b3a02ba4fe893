import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { App } from "cdktf";
import { environments } from "../config/environments/index";
import { loadEnvironment } from "../config/load-environment";
import { addStacks } from "../stacks/environment-stacks";
import { readArguments } from "./arguments";
import { report } from "./report-error";

const help = `npm start [-- --environment NAME]

Synthesizes the three stacks of an environment to Terraform JSON. Needs no cloud account and no Terraform.

  --environment NAME   one of ${Object.keys(environments).join(", ")}
                       (default: PGPOOL_ENVIRONMENT, or example)
  --help               this text`;

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
}
interface StackJson {
  readonly resource?: Readonly<Record<string, object>>;
  readonly data?: Readonly<Record<string, object>>;
  readonly output?: object;
}

const count = (types: Readonly<Record<string, object>> = {}): number =>
  Object.values(types).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0);

function row(outdir: string, name: string, path: string): string {
  const json = JSON.parse(readFileSync(join(outdir, path), "utf8")) as StackJson;
  const numbers = [count(json.resource), count(json.data), Object.keys(json.output ?? {}).length];
  return `  ${name.padEnd(10)}${numbers.map((number) => String(number).padStart(10)).join("")}   ${join(relative(process.cwd(), outdir) || ".", path)}`;
}

function main(): void {
  const options = readArguments(help, ["environment"]);
  if (options === undefined) return;
  const name = options.environment ?? process.env["PGPOOL_ENVIRONMENT"] ?? "example";
  const environment = loadEnvironment(name);
  const app = new App();
  addStacks(app, environment);
  app.synth();

  const manifest = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8")) as Manifest;
  const stacks = Object.entries(manifest.stacks);
  const names = stacks.map(([stack]) => stack).join(" ");
  const prefix = name === "example" ? "" : `PGPOOL_ENVIRONMENT=${name} `;
  const state = environment.state.kind === "local" ? "on this machine, under state/" : `in S3, bucket ${environment.state.bucket}`;
  console.log(
    [
      `Environment ${name} in ${environment.region}; state ${state}.`,
      "",
      `  ${"stack".padEnd(10)} resources      data   outputs   file`,
      ...stacks.map(([stack, { synthesizedStackPath }]) => row(app.outdir, stack, synthesizedStackPath)),
      "",
      "Next:",
      `  edit      config/environments/${name}.ts`,
      ...(environment.state.kind === "s3" ? [`  state     npm run state:bucket -- --environment ${name}   (once)`] : []),
      `  review    ${prefix}npx cdktf diff ${stacks[0]?.[0] ?? ""}`,
      `  deploy    ${prefix}npx cdktf deploy ${names}`,
    ].join("\n"),
  );
}

try {
  main();
} catch (error) {
  report(error);
}

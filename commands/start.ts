import { readFileSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../config/environments/index";
import { defaultImages } from "../config/image/images";
import { loadImage } from "../config/image/load-image";
import { loadEnvironment } from "../config/load-environment";
import type { Environment } from "../config/schema/environment";
import { templateFile } from "../packer/rendered-image";
import { defaultFolder, writeTemplate } from "../packer/written-template";
import { synthesize } from "../stacks/synthesize";
import { readArguments } from "./arguments";
import { report } from "./report-error";

const help = `npm start [-- --environment NAME]

Synthesizes the stacks of an environment to Terraform JSON and renders the Packer template of its image. Needs no cloud
account, no Terraform and no Packer.

  --environment NAME   one of ${Object.keys(environments).join(", ")}
                       (default: PGPOOL_ENVIRONMENT, or example)
  --help               this text`;

interface StackJson {
  readonly resource?: Readonly<Record<string, object>>;
  readonly data?: Readonly<Record<string, object>>;
  readonly output?: object;
}

const count = (types: Readonly<Record<string, object>> = {}): number =>
  Object.values(types).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0);

function row(outdir: string, stack: string): string {
  const path = join(outdir, "stacks", stack, "cdk.tf.json");
  const json = JSON.parse(readFileSync(path, "utf8")) as StackJson;
  const numbers = [count(json.resource), count(json.data), Object.keys(json.output ?? {}).length];
  return `  ${stack.padEnd(10)}${numbers.map((number) => String(number).padStart(10)).join("")}   ${path}`;
}

/** The environment that `cdktf` would take if nothing more is said. */
const chosenByEnvironment = (): string => process.env.PGPOOL_ENVIRONMENT ?? "example";

/** What was made, where it is, and what to do with it. */
function summary(environment: Environment, outdir: string, stacks: readonly string[], image: string): string {
  const { name, region, state, pgpool } = environment;
  const prefix = name === chosenByEnvironment() ? "" : `PGPOOL_ENVIRONMENT=${name} `;
  return [
    `Environment ${name} in ${region}; state ${state.kind === "local" ? "on this machine, under state/" : `in S3, bucket ${state.bucket}`}.`,
    `Up to ${pgpool.maxCapacity} nodes serve ${pgpool.clientsPerNode} clients each.`,
    "",
    `  ${"stack".padEnd(10)} resources      data   outputs   file`,
    ...stacks.map((stack) => row(outdir, stack)),
    "",
    `Image ${image}: ${join(defaultFolder(image), templateFile)}`,
    "",
    "Next:",
    `  edit      config/environments/${name}.ts`,
    ...(state.kind === "s3" ? [`  state     npm run state:bucket -- --environment ${name}   (once)`] : []),
    `  image     npm run image:build -- --image ${image}   (or choose another in the configuration)`,
    `  review    npm run plan -- --environment ${name}`,
    ...deployment(environment, stacks).map((command) => `  deploy    ${command(prefix)}`),
  ].join("\n");
}

/** A dedicated health user has to be there before the first node asks for its password. */
function deployment({ name, database }: Environment, stacks: readonly string[]): ((prefix: string) => string)[] {
  if (database.healthUser.kind === "master") return [(prefix) => `${prefix}npx cdktf deploy ${stacks.join(" ")}`];
  const first = stacks.filter((stack) => stack !== "pgpool");
  return [
    (prefix) => `${prefix}npx cdktf deploy ${first.join(" ")}`,
    () => `npm run db:bootstrap -- --environment ${name}   (once)`,
    (prefix) => `${prefix}npx cdktf deploy ${stacks.join(" ")}`,
  ];
}

function main(): void {
  const options = readArguments(help, ["environment"]);
  if (options === undefined) return;
  const environment = loadEnvironment(options.environment ?? chosenByEnvironment());
  const { outdir, stacks } = synthesize(environment);
  const image = loadImage(defaultImages[environment.image.architecture]);
  writeTemplate(image, process.cwd());
  console.log(summary(environment, outdir, stacks, image.name));
}

try {
  main();
} catch (error) {
  report(error);
}

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadEnvironment } from "../config/load-environment";
import type { Environment } from "../config/schema/environment";
import { type StackName } from "../config/state";
import { synthesize } from "../stacks/synthesize";
import { readArguments } from "./arguments";
import { sha256 } from "./plan-stacks";
import { Refusal, report, UsageError } from "./report-error";
import { applyFile } from "./reviewed/apply-file";
import { fetchPlan } from "./reviewed/kept-plan";
import { type Manifest, type ManifestStack, readManifest } from "./reviewed/manifest";
import { refuseUnanswered } from "./reviewed/unanswered";
import { whatMoved } from "./reviewed/what-moved";
import { readState } from "./stack-state";
import { Terraform } from "./terraform";
import { workTree } from "./work-tree";

const help = `npm run plan:apply -- --environment NAME [--dir DIR] [--run ID --digest SHA256]

Applies exactly the plan that npm run plan has written, and refuses when code, configuration or a state has moved since.
Ends with 0 when all is applied, 2 when stacks remain that have to be planned again, now that those before them are there.

  --environment NAME   whose plan it is
  --dir DIR            where the plan is, or is fetched to (default: plan)
  --run ID             fetch the plan that npm run plan:keep has kept under this name, and
  --digest SHA256      take it only if it has the digest that plan:keep has printed
  --help               this text`;

/** Who deploys cannot change his own rights: its roles may not, and this says so before AWS does. */
const byHand: StackName = "pipeline";

function digestOf(path: string): string | undefined {
  return existsSync(path) ? sha256(readFileSync(path)) : undefined;
}

/** @throws {@link Refusal} with all that has moved; then nothing was applied. */
async function check(manifest: Manifest, environment: Environment, plans: string, stacks: string): Promise<void> {
  const states: Partial<Record<StackName, ManifestStack["state"]>> = {};
  for (const { stack } of manifest.stacks) {
    if (!existsSync(join(stacks, stack))) continue;
    const terraform = new Terraform(environment.name, stack, join(stacks, stack));
    await terraform.run(["init", "-input=false", "-no-color"]);
    states[stack] = (await readState(terraform, stack)).version;
  }
  const moved = whatMoved(manifest, {
    environment: environment.name,
    commit: workTree().commit,
    synthesizedSha256: (stack) => digestOf(join(stacks, stack, "cdk.tf.json")),
    planSha256: (file) => digestOf(join(plans, file)),
    states,
  });
  if (moved.length === 0) return;
  throw new Refusal(`This is not what was reviewed; nothing was applied. Plan again:\n- ${moved.join("\n- ")}`);
}

/** @returns the stacks that remain. */
function apply({ stacks: planned }: Manifest, plans: string, stacks: string): readonly ManifestStack[] {
  for (const { stack, changes, planFile } of planned) {
    if (!changes || planFile === null) continue;
    console.log(stack === byHand ? `\n${stack}: left to a person with rights of his own` : `\n${stack}: applying`);
    if (stack !== byHand) applyFile(join(stacks, stack), resolve(plans, planFile));
  }
  return planned.filter(({ applicable, stack }) => !applicable && stack !== byHand);
}

async function main(): Promise<void> {
  const options = readArguments(help, ["environment", "dir", "run", "digest"]);
  if (options === undefined) return;
  const { environment: name, run, digest, dir = "plan" } = options;
  if (name === undefined) throw new UsageError(`--environment is needed\n\n${help}`);
  if ((run === undefined) !== (digest === undefined)) throw new UsageError(`--run and --digest go together\n\n${help}`);
  const environment = loadEnvironment(name);
  const plans = join(dir, "private");
  if (run === undefined || digest === undefined) refuseUnanswered(dir);
  else await fetchPlan({ environment, name: run }, digest, plans);
  const manifest = readManifest(plans);
  const stacks = join(resolve(synthesize(environment).outdir), "stacks");
  await check(manifest, environment, plans, stacks);
  const remaining = apply(manifest, plans, stacks);
  for (const { stack, reason } of remaining) console.log(`\n${stack}: plan again; ${reason ?? ""}`);
  process.exitCode = remaining.length === 0 ? 0 : 2;
}

main().catch((error: unknown) => {
  report(error);
  // 2 would say that stacks remain.
  process.exitCode = 1;
});

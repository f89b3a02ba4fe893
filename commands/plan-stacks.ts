import { createHash } from "node:crypto";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../config/schema/environment";
import type { StackName } from "../config/state";
import { type Producer, type Read, readsOf, reservationsOf } from "../review/reservations";
import { reviewStack, type StackReview } from "../review/review-stack";
import { parsePlan } from "../review/terraform-plan";
import { readState, type StackState } from "./stack-state";
import { makeStandInFolder } from "./stand-in-folder";
import { Terraform } from "./terraform";

/** What to plan, and where to put it. */
export interface PlanRequest {
  readonly environment: Environment;
  /** All stacks of the environment, in the order of their deployment. */
  readonly all: readonly StackName[];
  readonly chosen: readonly StackName[];
  /** Folder of the synthesized stacks. */
  readonly synthesized: string;
  /** Folder for plans that may be applied; only its owner may enter it. */
  readonly plans: string;
  /** Folder for what is thrown away afterwards. */
  readonly scratch: string;
  readonly progress: (line: string) => void;
  /** Ends the work before its time. */
  readonly interruption: AbortSignal;
}

/** One stack that has been planned. */
export interface PlannedStack {
  readonly review: StackReview;
  /** File of the plan, in the folder for plans. */
  readonly planFile: string;
  readonly synthesizedSha256: string;
  readonly state: StackState["version"];
}

/** A stack as it is before it is planned. */
interface Prepared {
  readonly stack: StackName;
  readonly folder: string;
  readonly json: string;
  readonly terraform: Terraform;
  readonly reads: readonly Read[];
  readonly state: StackState;
}

/**
 * Plans the chosen stacks one after the other; none is changed, no state is locked.
 *
 * @throws Refusal with Terraform's own words when one cannot be planned.
 */
export async function planStacks(request: PlanRequest): Promise<readonly PlannedStack[]> {
  const producers = new Map<StackName, Producer>();
  const planned: PlannedStack[] = [];
  for (const stack of neededStacks(request)) {
    const prepared = await prepare(request, stack);
    const reservations = reservationsOf(prepared.reads, producers);
    const one = request.chosen.includes(stack) ? await plan(request, prepared, reservations, producers) : undefined;
    const changed = one?.review.report.outputs ?? [];
    producers.set(stack, { applied: prepared.state.applied, changedOutputs: changed, reservations });
    if (one !== undefined) planned.push(one);
  }
  return planned;
}

/** The chosen stacks, and those that they read. */
function neededStacks({ all, chosen, synthesized }: PlanRequest): readonly StackName[] {
  const read = chosen.flatMap((stack) => readsOf(readJson(synthesized, stack), all).map(({ producer }) => producer));
  return all.filter((stack) => chosen.includes(stack) || read.includes(stack));
}

const readJson = (synthesized: string, stack: StackName): string =>
  readFileSync(join(synthesized, stack, "cdk.tf.json"), "utf8");

async function prepare(request: PlanRequest, stack: StackName): Promise<Prepared> {
  const { environment, all, synthesized, progress, interruption } = request;
  const folder = join(synthesized, stack);
  const json = readJson(synthesized, stack);
  const terraform = new Terraform(environment.name, stack, folder, interruption);
  progress(`${stack}: terraform init`);
  await terraform.run(["init", "-input=false", "-no-color"]);
  return { stack, folder, json, terraform, reads: readsOf(json, all), state: await readState(terraform, stack) };
}

async function plan(
  request: PlanRequest,
  prepared: Prepared,
  reservations: readonly string[],
  producers: ReadonlyMap<StackName, Producer>,
): Promise<PlannedStack> {
  const { stack, reads, json, state } = prepared;
  const missing = reads.map(({ producer }) => producer).filter((one) => producers.get(one)?.applied !== true);
  const terraform = missing.length === 0 ? prepared.terraform : await standIn(request, prepared, missing);
  const file = join(request.plans, `${stack}.tfplan`);
  const note = missing.length === 0 ? "" : `, with stand-ins for ${missing.join(" and ")}`;
  request.progress(`${stack}: terraform plan${note} (no lock is taken)`);
  await terraform.run(
    ["plan", "-input=false", "-lock=false", "-no-color", "-detailed-exitcode", `-out=${file}`],
    [0, 2],
  );
  chmodSync(file, 0o600);
  const { stdout } = await terraform.run(["show", "-json", file]);
  const review = reviewStack(stack, parsePlan(stdout), reservations);
  return { review, planFile: file, synthesizedSha256: sha256(json), state: state.version };
}

async function standIn(request: PlanRequest, prepared: Prepared, missing: readonly StackName[]): Promise<Terraform> {
  const { environment, scratch } = request;
  const { stack, folder, reads, state } = prepared;
  const producers = reads.map(({ producer }) => producer);
  const hasState = state.version !== null;
  const copy = makeStandInFolder({ environment, stack, folder, hasState, producers, missing }, join(scratch, stack));
  const terraform = new Terraform(environment.name, stack, copy, request.interruption);
  // The providers are there already: nothing is fetched twice.
  await terraform.run(["init", "-input=false", "-no-color", `-plugin-dir=${join(folder, ".terraform", "providers")}`]);
  return terraform;
}

/** SHA-256 in hexadecimal digits. */
export const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

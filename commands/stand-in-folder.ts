import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Environment } from "../config/schema/environment";
import { stateLocation, type StackName } from "../config/state";
import { databaseContract } from "../contracts/database";
import { networkContract } from "../contracts/network";

const contracts = { network: networkContract, database: databaseContract };

/** A stack that is planned although not all of its producers were ever applied. */
export interface StandInPlan {
  readonly environment: Environment;
  readonly stack: StackName;
  /** Where the stack was synthesized and initialized. */
  readonly folder: string;
  /** Whether the stack itself has a state: then that one is planned against. */
  readonly hasState: boolean;
  readonly producers: readonly StackName[];
  /** Those of them that were never applied. */
  readonly missing: readonly StackName[];
}

/**
 * Makes a copy of a stack's folder in which the missing producers' states are files with stand-ins. Its plan is for
 * reading: without a state of its own the copy has a local one, so that an apply by mistake would not reach the real.
 *
 * @returns the copy, to be initialized with the stack's own providers.
 */
export function makeStandInFolder(plan: StandInPlan, into: string): string {
  const { environment, stack, folder, hasState, producers, missing } = plan;
  mkdirSync(into, { recursive: true, mode: 0o700 });
  for (const file of ["cdk.tf.json", ".terraform.lock.hcl"]) {
    if (existsSync(join(folder, file))) copyFileSync(join(folder, file), join(into, file));
  }
  const states = producers.flatMap((producer) => {
    const path = missing.includes(producer) ? writeStandIns(environment, producer, into) : localPath(plan, producer);
    return path === undefined ? [] : [[`${producer}-state`, { backend: "local", config: { path } }] as const];
  });
  const ownPath = hasState ? localPath(plan, stack) : join(into, "own.tfstate");
  const override = {
    data: { terraform_remote_state: Object.fromEntries(states) },
    ...(ownPath === undefined ? {} : { terraform: { backend: { local: { path: ownPath } } } }),
  };
  writeFileSync(join(into, "plan_override.tf.json"), JSON.stringify(override));
  return into;
}

/** The file of a state that is on this machine: as it is synthesized its path counts from the stack's own folder. */
function localPath({ environment, folder }: StandInPlan, stack: StackName): string | undefined {
  const location = stateLocation(environment, stack);
  return location.kind === "local" ? resolve(folder, location.path) : undefined;
}

/** A state file that holds outputs only. */
function writeStandIns(environment: Environment, producer: StackName, into: string): string {
  if (producer === "pgpool" || producer === "pipeline") throw new Error(`no stack reads the state of ${producer}`);
  const outputs = Object.entries(contracts[producer].standIns(environment)).map(([name, value]) => {
    const type = typeof value === "string" ? "string" : ["tuple", value.map(() => "string")];
    return [name, { value, type }] as const;
  });
  const state = { version: 4, serial: 1, lineage: "stand-in", outputs: Object.fromEntries(outputs), resources: [] };
  const path = join(into, `${producer}.tfstate`);
  writeFileSync(path, JSON.stringify(state));
  return path;
}

import { join } from "node:path";
import { App } from "cdktf";
import type { Environment } from "../config/schema/environment";
import { stackNames } from "../config/state";
import { addStacks } from "./environment-stacks";
import { removeLeftovers } from "./leftovers";

/**
 * Synthesizes all stacks of an environment into the app's output folder (cdktf.out, or what the cdktf CLI says).
 *
 * @returns the output folder and the stacks, in the order of their deployment.
 */
export function synthesize(environment: Environment): { readonly outdir: string; readonly stacks: readonly string[] } {
  const app = new App({ stackTraces: false });
  addStacks(app, environment);
  app.synth();
  const stacks = stackNames.filter((name) => app.node.tryFindChild(name) !== undefined);
  removeLeftovers(join(app.outdir, "stacks"), environment, stacks);
  return { outdir: app.outdir, stacks };
}

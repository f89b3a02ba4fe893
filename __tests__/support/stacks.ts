import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing, TerraformStack } from "cdktf";
import type { Environment } from "../../config/schema/environment";
import { stackNames } from "../../config/state";
import { addStacks } from "../../stacks/environment-stacks";
import { Synthesized } from "./synthesized";

/** The stacks of an environment, synthesized; an existing VPC has no network stack, and few have a pipeline. */
export interface Stacks {
  readonly network?: Synthesized;
  readonly database: Synthesized;
  readonly pgpool: Synthesized;
  readonly pipeline?: Synthesized;
}

// Nothing is written there; cdktf only insists on a folder, and the checkout must stay clean.
const outdir = join(tmpdir(), "pgpool-aurora-tests");

/** Synthesizes all stacks of an environment, as `cdktf synth` would, without writing a file. */
export function stacksOf(environment: Environment): Stacks {
  const app = Testing.app({ outdir });
  addStacks(app, environment);
  const stacks = stackNames.map((name) => {
    const stack = app.node.tryFindChild(name);
    return stack instanceof TerraformStack ? stack : undefined;
  });
  // As App.synth() does first: only now a stack learns that another one uses a construct of its own.
  for (const stack of stacks) stack?.prepareStack();
  const [network, database, pgpool, pipeline] = stacks.map((stack) =>
    stack === undefined ? stack : new Synthesized(stack),
  );
  if (database === undefined || pgpool === undefined) throw new Error("database and pgpool are always there");
  return { database, pgpool, ...(network && { network }), ...(pipeline && { pipeline }) };
}

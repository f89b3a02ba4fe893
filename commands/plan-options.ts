import { parseArgs } from "node:util";
import { environments } from "../config/environments/index";
import { ConfigurationError } from "../config/fault";
import { nearest } from "../config/nearest";
import type { Environment } from "../config/schema/environment";
import { type StackName, stackNames } from "../config/state";
import { UsageError } from "./report-error";

const help = `npm run plan -- [--environment NAME] [--out DIR] [stack …]

Plans the stacks of an environment in the order of their deployment (${stackNames.join(", ")}), or only those that are
named, and writes what a reviewer needs. Changes nothing and takes no lock, so it also works while somebody applies.

  --environment NAME   one of ${Object.keys(environments).join(", ")}
                       (default: PGPOOL_ENVIRONMENT, or example)
  --out DIR            where the result goes (default: plan); an earlier result there is replaced once this one is whole
  --help               this text

  DIR/plan.md          for a comment: at most what GitHub takes, nothing that is marked or named as a secret
  DIR/plan-full.md     the same, uncut
  DIR/plan.json        the same for programs (review/report.ts)
  DIR/private/         the plans themselves and manifest.json; they hold values in clear: show them to nobody

It ends with 0 when nothing changes, 2 when something does, 3 for a dangerous change that acknowledgements.json does not
answer for (or an answer that is for nothing, or has expired), and 1 when there is no plan.

It needs Terraform 1.11 or newer and credentials that may read; checkov is asked too where it is on the PATH.`;

/** What was asked for. */
export interface PlanOptions {
  readonly environment: string;
  readonly out: string;
  /** None: all. */
  readonly stacks: readonly string[];
}

/**
 * Reads the command line.
 *
 * @returns undefined when only help was asked for, which is then printed.
 * @throws {@link UsageError} for an option that there is not.
 */
export function readPlanOptions(): PlanOptions | undefined {
  try {
    const { values, positionals } = parseArgs({
      options: { environment: { type: "string" }, out: { type: "string" }, help: { type: "boolean" } },
      allowPositionals: true,
    });
    if (values.help !== true) {
      const environment = values.environment ?? process.env.PGPOOL_ENVIRONMENT ?? "example";
      return { environment, out: values.out ?? "plan", stacks: positionals };
    }
    console.log(help);
    return undefined;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${help}`);
  }
}

/** The stacks that an environment has, in the order of their deployment. */
export function stacksOf({ network, pipeline }: Environment): readonly StackName[] {
  const optional: Partial<Record<StackName, boolean>> = {
    network: network.kind === "new",
    pipeline: pipeline.kind === "github",
  };
  return stackNames.filter((stack) => optional[stack] ?? true);
}

/**
 * Those that were asked for, in the order of their deployment.
 *
 * @throws {@link ConfigurationError} for names that the environment has no stack of.
 */
export function chosenStacks(environment: Environment, names: readonly string[]): readonly StackName[] {
  const all = stacksOf(environment);
  const faults = names
    .filter((name) => !all.some((stack) => stack === name))
    .map((name) => {
      const meant = nearest(name, all);
      const remedy = meant === undefined ? "choose from these, or name none for all" : `did you mean ${meant}?`;
      return { path: "stacks", got: name, allowed: all.join(", "), remedy };
    });
  if (faults.length > 0) throw new ConfigurationError(`The list of stacks of ${environment.name}`, faults);
  return names.length === 0 ? all : all.filter((stack) => names.includes(stack));
}

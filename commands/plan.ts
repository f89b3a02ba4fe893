import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { environments } from "../config/environments/index";
import { loadEnvironment } from "../config/load-environment";
import {
  type Acknowledgement,
  acknowledgementsFile,
  parseAcknowledgements,
} from "../review/acknowledgements/acknowledgement";
import { buildReport } from "../review/build-report";
import type { PlanReport } from "../review/report";
import { PlanFormatError } from "../review/terraform-plan";
import { synthesize } from "../stacks/synthesize";
import { PlanFolder } from "./plan-folder";
import { chosenStacks, type PlanOptions, readPlanOptions, stacksOf } from "./plan-options";
import { reviewPolicy } from "./plan-policy";
import { planStacks } from "./plan-stacks";
import { Refusal, report } from "./report-error";
import { workTree } from "./work-tree";

const verdicts: Readonly<Record<PlanReport["exitCode"], string>> = {
  0: "Nothing changes.",
  2: "There are changes to review.",
  3: "There are dangerous changes that nobody has answered for, or answers that are for nothing: see the top of it.",
};

const progress = (line: string): void => {
  console.error(`${new Date().toISOString().slice(11, 19)} ${line}`);
};

async function review(options: PlanOptions): Promise<PlanReport> {
  const environment = loadEnvironment(options.environment);
  const all = stacksOf(environment);
  const chosen = chosenStacks(environment, options.stacks);
  const acknowledgements = readAcknowledgements();
  // Before anything is written, which would be a change too.
  const commit = workTree();
  const folder = new PlanFolder(options.out);
  const interrupt = new AbortController();
  const stop = () => {
    interrupt.abort();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    progress(`synthesizing ${environment.name}`);
    const synthesized = join(resolve(synthesize(environment).outdir), "stacks");
    const places = { synthesized, plans: folder.plans, scratch: folder.scratch };
    const interruption = interrupt.signal;
    const planned = await planStacks({ environment, all, chosen, ...places, progress, interruption });
    progress("asking the rules of policy/, and checkov");
    const policy = reviewPolicy(environment, chosen, synthesized, folder.scratch);
    const result = buildReport({
      environment: environment.name,
      stacks: all,
      ...commit,
      reviews: planned.map((one) => one.review),
      acknowledgements,
      policy,
      today: new Date().toISOString().slice(0, 10),
    });
    folder.finish(result, planned);
    return result;
  } finally {
    folder.discard();
  }
}

function readAcknowledgements(): readonly Acknowledgement[] {
  if (!existsSync(acknowledgementsFile)) return [];
  return parseAcknowledgements(readFileSync(acknowledgementsFile, "utf8"), Object.keys(environments));
}

async function main(): Promise<void> {
  const options = readPlanOptions();
  if (options === undefined) return;
  const { exitCode, stacks } = await review(options);
  const rows = stacks.map(({ stack, counts, applicable }) => {
    const numbers = Object.entries(counts).map(([action, count]) => `${String(count).padStart(4)} ${action}`);
    return `  ${stack.padEnd(10)}${numbers.join("")}${applicable ? "" : "   for reading only"}`;
  });
  console.log([...rows, `${verdicts[exitCode]} ${join(options.out, "plan.md")}`].join("\n"));
  process.exitCode = exitCode;
}

main().catch((error: unknown) => {
  report(error instanceof PlanFormatError ? new Refusal(error.message) : error);
  // 2 would say that there are changes.
  process.exitCode = 1;
});

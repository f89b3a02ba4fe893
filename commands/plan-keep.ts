import { join } from "node:path";
import { loadEnvironment } from "../config/load-environment";
import { readArguments } from "./arguments";
import { report, UsageError } from "./report-error";
import { keepPlan } from "./reviewed/kept-plan";
import { refuseUnanswered } from "./reviewed/unanswered";

const help = `npm run plan:keep -- --environment NAME --run ID [--dir DIR]

Keeps the plan files of npm run plan in the bucket of the environment's states, until npm run plan:apply fetches them;
the bucket forgets them after a week. Prints one line: the digest that plan:apply wants.

  --environment NAME   whose plan it is
  --run ID             under which name, such as the id of the workflow's run
  --dir DIR            where the plan is (default: plan)
  --help               this text`;

async function main(): Promise<void> {
  const options = readArguments(help, ["environment", "run", "dir"]);
  if (options === undefined) return;
  const { environment, run, dir = "plan" } = options;
  if (environment === undefined || run === undefined)
    throw new UsageError(`--environment and --run are needed\n\n${help}`);
  refuseUnanswered(dir);
  console.log(await keepPlan({ environment: loadEnvironment(environment), name: run }, join(dir, "private")));
}

main().catch((error: unknown) => {
  report(error);
  // As npm run plan: 2 is an answer, not an error.
  process.exitCode = 1;
});

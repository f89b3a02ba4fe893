import { readArguments } from "./arguments";
import { githubFrom } from "./github/context";
import { reportDrift } from "./github/drift-issue";
import { readPlan } from "./github/post";
import { report, UsageError } from "./report-error";

const help = `npm run drift:issue -- --environment NAME --code CODE [--dir DIR]

Keeps one GitHub issue open for an environment while its plan has changes: opens it, updates it, closes it.

  --environment NAME   whose plan it is
  --code CODE          what npm run plan has ended with: 0 no changes, 2 changes, 3 dangerous ones
  --dir DIR            where the plan is (default: plan)
  --help               this text

Reads GITHUB_TOKEN (issues: write) and GITHUB_REPOSITORY; GITHUB_API_URL for GitHub Enterprise Server.`;

/** The plan that shows the drift; undefined when there is none. */
function driftIn(folder: string, code: string | undefined): string | undefined {
  if (code === "0") return undefined;
  if (code !== "2" && code !== "3") throw new UsageError(`--code ${code ?? ""}: 0, 2 or 3 is needed\n\n${help}`);
  return readPlan(folder);
}

async function main(): Promise<void> {
  const options = readArguments(help, ["environment", "code", "dir"]);
  if (options === undefined) return;
  const { environment, code, dir = "plan" } = options;
  if (environment === undefined) throw new UsageError(`--environment is needed\n\n${help}`);
  console.log(await reportDrift(githubFrom(process.env), environment, driftIn(dir, code)));
}

main().catch(report);

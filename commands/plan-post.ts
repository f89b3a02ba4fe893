import { readArguments } from "./arguments";
import { githubFrom, pullRequestFrom } from "./github/context";
import { markStale, postPlan } from "./github/plan-comment";
import { readPlan } from "./github/post";
import { report, UsageError } from "./report-error";

const help = `npm run plan:post -- --environment NAME [--dir DIR] [--stale] [--pull-request N --commit SHA]

Posts DIR/plan.md, which npm run plan has written, as a comment of a GitHub pull request; a comment of ours with the
plan of the same environment is replaced. Touches nobody else's comments and deletes none.

  --environment NAME   whose plan it is
  --dir DIR            where the plan is (default: plan)
  --stale              post nothing; say on top of the comment that it is not of the newest commit
  --pull-request N     the pull request, and
  --commit SHA         the commit at its head (default for both: the event of the workflow, GITHUB_EVENT_PATH)
  --help               this text

Reads GITHUB_TOKEN (pull-requests: write) and GITHUB_REPOSITORY; GITHUB_API_URL for GitHub Enterprise Server.`;

async function main(): Promise<void> {
  const options = readArguments(help, ["environment", "dir", "pull-request", "commit"], ["stale"]);
  if (options === undefined) return;
  const { environment, dir = "plan" } = options;
  if (environment === undefined) throw new UsageError(`--environment is needed\n\n${help}`);
  const to = pullRequestFrom(process.env, options["pull-request"], options.commit);
  const github = githubFrom(process.env);
  const done =
    options.stale === true ? markStale(github, to, environment) : postPlan(github, to, environment, readPlan(dir));
  console.log(await done);
}

main().catch(report);

import { marker } from "../../review/markdown/summary";
import type { GitHub } from "./client";
import type { PullRequest } from "./context";
import { checkBody, cutFirstLine, fits, ownPost } from "./post";

/** Which commit a posted plan was made for; hidden in the comment's second line. */
const commitLine = /^<!-- commit ([0-9a-f]{40}) -->$/;
const stale = "**Stale**: ";

const listOf = ({ number }: PullRequest): string => `issues/${number}/comments`;

/** Posts the plan of an environment: one comment, which each newer plan replaces. */
export function postPlan(github: GitHub, to: PullRequest, environment: string, plan: string): Promise<string> {
  const [first, rest] = cutFirstLine(checkBody(plan, environment));
  const body = checkBody(`${first}\n<!-- commit ${to.commit} -->\n${rest}`, environment);
  return github.retried(async () => {
    const found = await ownPost(github, listOf(to), first);
    if (found === undefined) await github.send("POST", listOf(to), { body });
    else await github.send("PATCH", `issues/comments/${found.id}`, { body });
    return `${found === undefined ? "Posted" : "Updated"} the plan of ${environment} in pull request ${to.number}.`;
  });
}

/** Says on top of a posted plan that it is not of the newest commit; what it said stays to be read. */
export function markStale(github: GitHub, to: PullRequest, environment: string): Promise<string> {
  const first = marker(environment);
  return github.retried(async () => {
    const found = await ownPost(github, listOf(to), first);
    if (found === undefined) return `There is no plan of ${environment} in pull request ${to.number} yet.`;
    const [, text] = cutFirstLine(found.body ?? "");
    const [second, plan] = cutFirstLine(text);
    const made = commitLine.exec(second)?.[1];
    if (made === to.commit) return `The plan of ${environment} is of this commit, ${made}.`;
    const line =
      `${stale}made for commit ${made ?? "unknown"}, being replaced: ` +
      `the plan for commit ${to.commit} is being made, or has failed.`;
    const kept = plan.startsWith(stale) ? cutFirstLine(cutFirstLine(plan)[1])[1] : plan;
    const whole = [first, second, line, "", kept].join("\n");
    // A plan that fills the comment leaves no room for the line, and is of no use any more.
    const body = fits(whole) ? whole : [first, second, line].join("\n");
    await github.send("PATCH", `issues/comments/${found.id}`, { body });
    return `Marked the plan of ${environment} in pull request ${to.number} as stale.`;
  });
}

import { marker } from "../../review/markdown/summary";
import type { GitHub } from "./client";
import { checkBody, ownPost } from "./post";

/**
 * Keeps one open issue for an environment while it differs from its configuration.
 *
 * @param plan - The plan that shows the difference; undefined when there is none.
 */
export function reportDrift(github: GitHub, environment: string, plan: string | undefined): Promise<string> {
  const title = `Drift: ${environment} differs from its configuration`;
  const body = plan === undefined ? undefined : checkBody(plan, environment);
  return github.retried(async () => {
    const found = await ownPost(github, "issues", marker(environment), { state: "open" });
    if (body === undefined && found === undefined) return `No drift in ${environment}, and no issue.`;
    if (body === undefined) {
      await github.send("PATCH", `issues/${found?.number ?? 0}`, { state: "closed", state_reason: "completed" });
      return `The drift of ${environment} is gone: closed issue ${found?.number ?? 0}.`;
    }
    if (found === undefined) {
      const { number } = (await github.send("POST", "issues", { title, body })) as { readonly number: number };
      return `Drift in ${environment}: opened issue ${number}.`;
    }
    await github.send("PATCH", `issues/${found.number}`, { title, body });
    return `Drift in ${environment}: updated issue ${found.number}.`;
  });
}

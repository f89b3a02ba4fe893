import { readFileSync } from "node:fs";
import * as z from "zod";
import { UsageError } from "../report-error";
import { GitHub } from "./client";

/** The part of a workflow's event that is of interest here. */
const pullRequestEvent = z.object({
  pull_request: z.object({ number: z.int(), head: z.object({ sha: z.string() }) }),
});

/** A pull request and the commit at its head. */
export interface PullRequest {
  readonly number: number;
  readonly commit: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** GitHub, as the variables of a workflow's job say. */
export function githubFrom(env: Env): GitHub {
  const apiUrl = env.GITHUB_API_URL ?? "https://api.github.com";
  return new GitHub({
    apiUrl,
    // GitHub Enterprise Server has its REST API at /api/v3 and GraphQL at /api/graphql.
    graphqlUrl: env.GITHUB_GRAPHQL_URL ?? `${apiUrl.replace(/\/v3$/, "")}/graphql`,
    repository: required(env, "GITHUB_REPOSITORY", /^[\w.-]+\/[\w.-]+$/, "owner/name"),
    token: required(env, "GITHUB_TOKEN", /^\S+$/, "a token"),
  });
}

function required(env: Env, name: string, form: RegExp, allowed: string): string {
  const value = env[name] ?? "";
  // The value is not repeated: it may be a token.
  if (!form.test(value)) throw new UsageError(`set ${name} to ${allowed}; a workflow's job has it`);
  return value;
}

/** The pull request that the options name, or else the one that the workflow runs for. */
export function pullRequestFrom(env: Env, number: string | undefined, commit: string | undefined): PullRequest {
  if (number !== undefined && commit !== undefined) {
    if (!/^[1-9]\d*$/.test(number)) throw new UsageError(`--pull-request ${number}: a number is needed`);
    if (!/^[0-9a-f]{40}$/.test(commit)) throw new UsageError(`--commit ${commit}: 40 hexadecimal digits are needed`);
    return { number: Number(number), commit };
  }
  const path = env.GITHUB_EVENT_PATH;
  if (path === undefined) throw new UsageError("no GITHUB_EVENT_PATH: give --pull-request and --commit");
  const event = pullRequestEvent.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!event.success) throw new UsageError("this event has no pull request: give --pull-request and --commit");
  return { number: event.data.pull_request.number, commit: event.data.pull_request.head.sha };
}

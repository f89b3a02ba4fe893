import { readFileSync } from "node:fs";
import { join } from "node:path";
import { githubLimit } from "../../review/markdown/comment";
import { marker } from "../../review/markdown/summary";
import { Refusal } from "../report-error";
import type { GitHub } from "./client";

/** A comment or an issue. */
export interface Post {
  /** Of a comment. */
  readonly id: number;
  /** Of an issue or pull request. */
  readonly number: number;
  readonly body: string | null;
  readonly user: { readonly login: string } | null;
  /** Pull requests are in the list of issues too. */
  readonly pull_request?: object;
}

/** How many characters GitHub counts: not UTF-16 units. */
const lengthOf = (text: string): number => Array.from(text).length;

/** Whether GitHub takes it as a body. */
export const fits = (body: string): boolean => lengthOf(body) <= githubLimit;

/** The first line of a text, and the rest. */
export function cutFirstLine(text: string): readonly [string, string] {
  const end = text.indexOf("\n");
  return end < 0 ? [text.trimEnd(), ""] : [text.slice(0, end).trimEnd(), text.slice(end + 1)];
}

/** The token's own post with that first line: the same line in somebody else's post is only a quotation. */
export async function ownPost(
  github: GitHub,
  list: string,
  line: string,
  query: Readonly<Record<string, string>> = {},
): Promise<Post | undefined> {
  const login = await github.login();
  for await (const post of github.list<Post>(list, query)) {
    const isOurs = post.user?.login === login && post.pull_request === undefined;
    if (isOurs && cutFirstLine(post.body ?? "")[0] === line) return post;
  }
  return undefined;
}

/** @throws {@link Refusal} when the text is not a plan of that environment, or more than GitHub takes. */
export function checkBody(body: string, environment: string): string {
  if (cutFirstLine(body)[0] !== marker(environment)) {
    throw new Refusal(`the first line is not ${marker(environment)}: this is not the plan of ${environment}`);
  }
  if (fits(body)) return body;
  throw new Refusal(`the text has ${lengthOf(body)} characters, GitHub takes ${githubLimit}; nothing was posted`);
}

/** @throws {@link Refusal} when there is no plan in the folder. */
export function readPlan(folder: string): string {
  const path = join(folder, "plan.md");
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new Refusal(`there is no ${path}: run npm run plan first`);
  }
}

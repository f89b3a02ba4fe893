import { execFileSync } from "node:child_process";

/** What of this project a command runs from. */
export interface WorkTree {
  /** The commit that is checked out; null without git, or in a folder that is no checkout. */
  readonly commit: string | null;
  /** Whether files differ from it. */
  readonly uncommitted: boolean;
}

/** Asks git for the commit that is checked out, and whether the work tree is exactly that. */
export function workTree(): WorkTree {
  const git = (...args: string[]): string =>
    execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    return { commit: git("rev-parse", "HEAD"), uncommitted: git("status", "--porcelain") !== "" };
  } catch {
    return { commit: null, uncommitted: false };
  }
}

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { load } from "js-yaml";

/** A step of a job. */
export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** A job; one that uses another workflow has no steps. */
export interface Job {
  readonly uses?: string;
  readonly permissions?: unknown;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly Step[];
}

/** A workflow, as far as its rules look at it; an action of our own has `runs` in place of jobs. */
export interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly runs?: { readonly steps: readonly Step[] };
}

/** A file with what it says, and as it stands, comments included. */
export interface Source {
  readonly name: string;
  readonly text: string;
  readonly workflow: Workflow;
}

const root = resolve(__dirname, "../../..");

export const source = (name: string, text: string): Source => ({ name, text, workflow: load(text) as Workflow });

const read = (path: string): Source => source(path, readFileSync(join(root, path), "utf8"));

/** Every workflow of the project. */
export const workflows: readonly Source[] = readdirSync(join(root, ".github/workflows")).map((file) =>
  read(join(".github/workflows", file)),
);

/** Every action of our own. */
export const actions: readonly Source[] = readdirSync(join(root, ".github/actions")).map((folder) =>
  read(join(".github/actions", folder, "action.yml")),
);

/** Names of the scripts of package.json. */
export const scripts: readonly string[] = Object.keys(
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly scripts: object }).scripts,
);

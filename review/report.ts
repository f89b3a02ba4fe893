import type { StackName } from "../config/state";
import type { DangerName } from "./dangers/all-dangers";
import type { Action } from "./resource-change";

/**
 * What `npm run plan` has found, as it stands in OUT/plan.json. Values that Terraform marks as sensitive, or whose name
 * or form is that of a secret, are in it as "(sensitive value)".
 */
export interface PlanReport {
  /** Raised when a field changes its meaning or goes. */
  readonly formatVersion: 1;
  readonly environment: string;
  /** Hash of the commit that was planned; null outside of a git checkout. */
  readonly commit: string | null;
  /** Whether the work tree had changes that are in no commit. */
  readonly uncommitted: boolean;
  /** What the command ends with: 0 nothing changes, 2 something does, 3 a danger is not acknowledged. */
  readonly exitCode: 0 | 2 | 3;
  /** In the order of deployment; only those that were planned. */
  readonly stacks: readonly StackReport[];
  readonly dangers: readonly DangerReport[];
  /** What is wrong with acknowledgements.json for this environment, in plain lines. */
  readonly acknowledgementProblems: readonly string[];
  readonly policy: PolicyReport;
}

/** One stack's plan. */
export interface StackReport {
  readonly stack: StackName;
  /** Whether anything changes, outputs included. */
  readonly changes: boolean;
  /** Whether exactly this plan may be applied. */
  readonly applicable: boolean;
  /** Why it may not; empty if it may. */
  readonly reservations: readonly string[];
  readonly counts: Counts;
  readonly resources: readonly ResourceReport[];
  /** Names of the outputs that change. */
  readonly outputs: readonly string[];
}

/** How many resources a plan changes. */
export type Counts = Readonly<Record<Action, number>>;

/** What happens to one resource. */
export interface ResourceReport {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Arguments that change, by path; null where there is no value. */
  readonly attributes: readonly AttributeReport[];
  readonly documents: readonly DocumentReport[];
  /** Names of the tags that change. */
  readonly tags: readonly string[];
  /** Paths of the values that only AWS can tell, after the apply. */
  readonly computed: readonly string[];
}

/** One argument before and after. */
export interface AttributeReport {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Whether this is why the resource is replaced. */
  readonly forcesReplacement: boolean;
}

/** A text of many lines, compared line by line. */
export interface DocumentReport {
  readonly title: string;
  /** As in a unified diff. */
  readonly lines: readonly string[];
}

/** Something that can lose data, cut clients off, or open what was closed. */
export interface Finding {
  readonly address: string;
  readonly danger: DangerName;
  /** What follows from it, as a sentence. */
  readonly reason: string;
  /** What exactly changes, such as `backup_retention_period 7 → 1`. */
  readonly detail: string;
}

/** A danger in one of the stacks, and who has answered for it. */
export interface DangerReport extends Finding {
  readonly stack: StackName;
  /** Null if nobody has. */
  readonly acknowledgement: { readonly reason: string; readonly expires: string } | null;
}

/** What the project's own rules and checkov say of the synthesized stacks. */
export interface PolicyReport {
  /** Violations of the guards in policy/, each with its stack and address. */
  readonly violations: readonly string[];
  readonly checkov:
    | { readonly kind: "missing"; readonly message: string }
    /** Findings that policy/exceptions.ts does not except. */
    | { readonly kind: "ran"; readonly passed: number; readonly findings: readonly string[] };
}

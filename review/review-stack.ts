import type { StackName } from "../config/state";
import { findDangers } from "./dangers/all-dangers";
import type { Counts, Finding, StackReport } from "./report";
import { changedOutputs, resourceChanges, type ResourceChange } from "./resource-change";
import { reviewResource } from "./review-resource";
import type { TerraformPlan } from "./terraform-plan";

/** One stack's plan, and what is dangerous in it. */
export interface StackReview {
  readonly report: StackReport;
  readonly findings: readonly Finding[];
}

/** Reviews the plan of one stack; `reservations` say why exactly this plan may not be applied. */
export function reviewStack(stack: StackName, plan: TerraformPlan, reservations: readonly string[]): StackReview {
  const changes = resourceChanges(plan);
  const outputs = changedOutputs(plan);
  return {
    report: {
      stack,
      changes: changes.length > 0 || outputs.length > 0,
      applicable: reservations.length === 0,
      reservations,
      counts: countsOf(changes),
      resources: changes.map(reviewResource),
      outputs,
    },
    findings: findDangers(changes),
  };
}

function countsOf(changes: readonly ResourceChange[]): Counts {
  const count = (wanted: string) => changes.filter(({ action }) => action === wanted).length;
  return {
    create: count("create"),
    update: count("update"),
    replace: count("replace"),
    destroy: count("destroy"),
    forget: count("forget"),
  };
}

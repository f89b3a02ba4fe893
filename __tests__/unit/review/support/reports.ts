import { buildReport, type ReportFacts } from "../../../../review/build-report";
import type { PlanReport } from "../../../../review/report";
import { reviewStack } from "../../../../review/review-stack";
import { type Entry, planOf } from "./plans";

/** A report on one plan of the database stack of "production"; `facts` replace the others. */
export function reportOn(entries: readonly Entry[], facts: Partial<ReportFacts> = {}): PlanReport {
  return buildReport({
    environment: "production",
    stacks: ["network", "database", "pgpool"],
    commit: "0123456789abcdef0123456789abcdef01234567",
    uncommitted: false,
    reviews: [reviewStack("database", planOf(...entries), [])],
    acknowledgements: [],
    policy: { violations: [], checkov: { kind: "ran", passed: 42, findings: [] } },
    today: "2026-05-04",
    ...facts,
  });
}

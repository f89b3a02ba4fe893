import type { StackName } from "../config/state";
import type { Acknowledgement } from "./acknowledgements/acknowledgement";
import { judge } from "./acknowledgements/judge";
import type { DangerReport, PlanReport, PolicyReport, StackReport } from "./report";
import type { StackReview } from "./review-stack";

/** All that a report is made of. */
export interface ReportFacts {
  readonly environment: string;
  /** All stacks that the environment has. */
  readonly stacks: readonly StackName[];
  readonly commit: string | null;
  readonly uncommitted: boolean;
  readonly reviews: readonly StackReview[];
  readonly acknowledgements: readonly Acknowledgement[];
  readonly policy: PolicyReport;
  /** YYYY-MM-DD in UTC. */
  readonly today: string;
}

/** Puts the reviews of all planned stacks together, and judges what is dangerous in them. */
export function buildReport(facts: ReportFacts): PlanReport {
  const { environment, reviews, acknowledgements, today } = facts;
  const { dangers, problems } = judge({
    environment,
    acknowledgements,
    today,
    planned: reviews.map(({ report, findings }) => ({ stack: report.stack, findings })),
    complete: facts.stacks.every((stack) => reviews.some(({ report }) => report.stack === stack)),
  });
  const open = problems.length > 0 || dangers.some(({ acknowledgement }) => acknowledgement === null);
  const changes = reviews.some(({ report }) => report.changes);
  return {
    formatVersion: 1,
    environment,
    commit: facts.commit,
    uncommitted: facts.uncommitted,
    exitCode: open ? 3 : changes ? 2 : 0,
    stacks: reviews.map(({ report }) => withDangers(report, dangers)),
    dangers,
    acknowledgementProblems: problems,
    policy: facts.policy,
  };
}

/** A plan with a danger that nobody has answered for may not be applied either. */
function withDangers(report: StackReport, dangers: readonly DangerReport[]): StackReport {
  const open = dangers.filter(({ stack, acknowledgement }) => stack === report.stack && acknowledgement === null);
  if (open.length === 0) return report;
  const reservation = "it has a dangerous change that nobody has answered for";
  return { ...report, applicable: false, reservations: [...report.reservations, reservation] };
}

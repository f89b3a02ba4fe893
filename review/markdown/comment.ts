import type { PlanReport, ResourceReport, StackReport } from "../report";
import type { Action } from "../resource-change";
import { dangerSection } from "./danger-section";
import { counted, fenced } from "./inline";
import { policySection } from "./policy-section";
import { resourceSection } from "./resource-section";
import { heading, summary } from "./summary";

/** The longest body of a comment that GitHub takes, in characters. */
export const githubLimit = 65_536;
/** Left free for what a posting step may put around it. */
const margin = 1_024;
/** How much of what may be long is shown. */
interface Limits {
  /** Characters of the whole. */
  readonly total: number;
  /** Characters of one value. */
  readonly value: number;
  /** Findings of the guards, and of checkov: a plan that has more is wrong in a way that the first ones show. */
  readonly findings: number;
}

/** What is shown first, and cut last. */
const order: readonly Action[] = ["replace", "destroy", "forget", "update", "create"];

interface Section {
  readonly stack: StackReport;
  readonly resource: ResourceReport;
  readonly text: string;
}

/** The report as a comment: never longer than GitHub takes; of what is cut it says so. */
export const renderComment = (report: PlanReport): string =>
  render(report, { total: githubLimit - margin, value: 300, findings: 20 });

/** The report with everything, however long. */
export const renderFull = (report: PlanReport): string =>
  render(report, { total: Infinity, value: Infinity, findings: Infinity });

function render(report: PlanReport, limits: Limits): string {
  const head = [...heading(report), ...dangerSection(report), ...summary(report)];
  const tail = policySection(report.policy, limits.findings);
  const frame = [...head, ...report.stacks.map((stack) => stackSection(stack, [])), tail];
  // Each stack's own words about what was cut are in the frame already, as if all were.
  const kept = fitting(sectionsOf(report, limits.value), limits.total - frame.join("\n\n").length);
  const stacks = report.stacks.map((stack) =>
    stackSection(
      stack,
      kept.filter((section) => section.stack === stack),
    ),
  );
  return `${[...head, ...stacks.filter((text) => text !== ""), tail].join("\n\n")}\n`;
}

const sectionsOf = ({ stacks }: PlanReport, values: number): readonly Section[] =>
  stacks
    .flatMap((stack) =>
      stack.resources.map((resource) => ({ stack, resource, text: resourceSection(resource, values) })),
    )
    .sort((a, b) => order.indexOf(a.resource.action) - order.indexOf(b.resource.action));

/** As many sections as there is room for, the most serious first. */
function fitting(sections: readonly Section[], room: number): readonly Section[] {
  let left = room;
  return sections.filter(({ text }) => {
    const length = text.length + "\n\n".length;
    if (length > left) return false;
    left -= length;
    return true;
  });
}

function stackSection(stack: StackReport, sections: readonly Section[]): string {
  if (!stack.changes) return "";
  const cut = stack.resources.length - sections.length;
  return [
    `<details><summary><b>${stack.stack}</b>: ${countsText(stack)}</summary>`,
    ...sections.map(({ text }) => text),
    ...(cut === 0
      ? []
      : [
          `**${counted(cut, "resource")} of ${stack.stack} cut here**: the full text is plan-full.md, an artifact of this run.`,
        ]),
    ...(stack.outputs.length === 0 ? [] : [`Outputs that change:\n\n${fenced("", stack.outputs)}`]),
    "</details>",
  ].join("\n\n");
}

function countsText({ counts, outputs }: StackReport): string {
  const parts = order.filter((action) => counts[action] > 0).map((action) => `${counts[action]} to ${action}`);
  return parts.length > 0 ? parts.join(", ") : counted(outputs.length, "output");
}

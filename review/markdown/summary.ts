import type { PlanReport, StackReport } from "../report";
import { code } from "./inline";

/** The first line of every comment: by it a later one finds the earlier one of the same environment. */
export const marker = (environment: string): string => `<!-- pgpool-aurora plan: ${environment} -->`;

const signs = { 0: "✅", 2: "🟡", 3: "🔴" } as const;
const verdicts = { 0: "nothing changes", 2: "changes", 3: "stop" } as const;

/** What is planned, for which commit. */
export function heading({ environment, commit, uncommitted, exitCode }: PlanReport): string[] {
  const work = uncommitted ? " with changes that are in no commit" : "";
  return [
    marker(environment),
    `## ${signs[exitCode]} Plan of ${code(environment)}: ${verdicts[exitCode]}`,
    `Made for ${commit === null ? "a folder that is no git checkout" : `commit ${code(commit)}`}${work}. No state was locked.`,
  ];
}

/** One line for each stack, and what to know before one is applied. */
export function summary({ stacks }: PlanReport): string[] {
  const rows = stacks.map((one) => {
    const { create, update, replace, destroy } = one.counts;
    return `| ${one.stack} | ${create} | ${update} | ${bold(replace)} | ${bold(destroy)} | ${verdictOf(one)} |`;
  });
  const forgotten = stacks.filter(({ counts }) => counts.forget > 0);
  return [
    [
      "| stack | create | update | replace | destroy | may be applied |",
      "| --- | --: | --: | --: | --: | --- |",
      ...rows,
    ].join("\n"),
    ...forgotten.map(({ stack, counts }) => `**${stack}** leaves ${counts.forget} to itself: no longer Terraform's.`),
    ...stacks.flatMap(({ stack, reservations }) =>
      reservations.map((one) => `> [!NOTE]\n> **${stack}** may not be applied from this plan: ${one}.`),
    ),
  ];
}

const bold = (count: number): string => (count === 0 ? "0" : `**${count}**`);

function verdictOf({ changes, applicable }: StackReport): string {
  if (!applicable) return "**no**";
  return changes ? "yes" : "nothing to apply";
}

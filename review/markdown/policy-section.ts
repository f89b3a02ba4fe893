import type { PolicyReport } from "../report";
import { code, counted } from "./inline";

/** Findings that a comment lists; a report that has more is wrong in a way that the first ones show. */
const listed = 20;

/** What the rules of policy/ and checkov say. */
export function policySection({ violations, checkov }: PolicyReport): string {
  return ["### Policy", ...ownRules(violations), "", ...checkovLines(checkov)].join("\n");
}

const ownRules = (violations: readonly string[]): string[] =>
  violations.length === 0
    ? ["✅ The project's own rules (`policy/guards`): kept."]
    : [
        `🔴 The project's own rules (\`policy/guards\`): ${counted(violations.length, "violation")}`,
        "",
        ...list(violations),
      ];

function checkovLines(checkov: PolicyReport["checkov"]): string[] {
  if (checkov.kind === "missing") return ["⚪ checkov was not asked: it is not on the PATH where this plan was made."];
  const { passed, findings } = checkov;
  return findings.length === 0
    ? [`✅ checkov: ${passed} checks passed, none failed but the exceptions of \`policy/exceptions.ts\`.`]
    : [`🔴 checkov: ${counted(findings.length, "finding")} beyond \`policy/exceptions.ts\``, "", ...list(findings)];
}

const list = (lines: readonly string[]): string[] => [
  ...lines.slice(0, listed).map((line) => `- ${code(line)}`),
  ...(lines.length > listed ? [`- … and ${lines.length - listed} more`] : []),
];

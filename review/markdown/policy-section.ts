import type { PolicyReport } from "../report";
import { code, counted } from "./inline";

/** What the rules of policy/ and checkov say; of each not more findings than `limit`. */
export function policySection({ violations, checkov }: PolicyReport, limit: number): string {
  return ["### Policy", ...ownRules(violations, limit), "", ...checkovLines(checkov, limit)].join("\n");
}

const ownRules = (violations: readonly string[], limit: number): string[] =>
  violations.length === 0
    ? ["✅ The project's own rules (`policy/guards`): kept."]
    : [
        `🔴 The project's own rules (\`policy/guards\`): ${counted(violations.length, "violation")}`,
        "",
        ...list(violations, limit),
      ];

function checkovLines(checkov: PolicyReport["checkov"], limit: number): string[] {
  if (checkov.kind === "missing") return ["⚪ checkov was not asked: it is not on the PATH where this plan was made."];
  const { passed, findings } = checkov;
  return findings.length === 0
    ? [`✅ checkov: ${passed} checks passed, none failed but the exceptions of \`policy/exceptions.ts\`.`]
    : [
        `🔴 checkov: ${counted(findings.length, "finding")} beyond \`policy/exceptions.ts\``,
        "",
        ...list(findings, limit),
      ];
}

const list = (lines: readonly string[], limit: number): string[] => [
  ...lines.slice(0, limit).map((line) => `- ${code(line)}`),
  ...(lines.length > limit ? [`- … and ${lines.length - limit} more`] : []),
];

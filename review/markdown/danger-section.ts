import type { DangerReport, PlanReport } from "../report";
import { code, counted, fenced } from "./inline";

/** What is dangerous, first what nobody has answered for; never cut. */
export function dangerSection({ environment, dangers, acknowledgementProblems: problems }: PlanReport): string[] {
  const open = dangers.filter(({ acknowledgement }) => acknowledgement === null);
  const answered = dangers.filter(({ acknowledgement }) => acknowledgement !== null);
  return [
    ...(open.length === 0
      ? []
      : [alert("CAUTION", [...title(open.length), ...grouped(open)]), howTo(environment, open)]),
    ...(problems.length === 0
      ? []
      : [
          alert(
            "CAUTION",
            problems.map((problem) => `🔴 ${code(problem)}\n`),
          ),
        ]),
    ...(answered.length === 0
      ? []
      : [
          alert("WARNING", [
            `🟠 **${counted(answered.length, "dangerous change")} that somebody answers for**`,
            "",
            ...grouped(answered),
          ]),
        ]),
  ];
}

const title = (count: number): string[] => [
  `🔴 **${counted(count, "dangerous change")}** that nobody has answered for`,
  "",
];

/** A block that GitHub colours; elsewhere it is a quotation. */
const alert = (kind: "CAUTION" | "WARNING", lines: readonly string[]): string =>
  [`[!${kind}]`, ...lines.join("\n").trimEnd().split("\n")].map((line) => `> ${line}`.trimEnd()).join("\n");

/** The dangers with the same reason together: it is said once, so that many of a kind stay readable. */
function grouped(dangers: readonly DangerReport[]): string[] {
  const reasons = [...new Set(dangers.map(({ danger, reason }) => `**${danger}**: ${reason}`))];
  return reasons.flatMap((reason) => [
    reason,
    "",
    ...dangers.filter((one) => `**${one.danger}**: ${one.reason}` === reason).map(line),
    "",
  ]);
}

const line = ({ stack, address, detail, acknowledgement }: DangerReport): string =>
  `- ${stack}: ${code(address)} ${code(detail)}${
    acknowledgement === null ? "" : `; until ${acknowledgement.expires}, because ${code(acknowledgement.reason)}`
  }`;

/** The entry that the first danger needs, to be copied. */
function howTo(environment: string, [first]: readonly DangerReport[]): string {
  if (first === undefined) return "";
  const { stack, address, danger } = first;
  const entry = { environment, stack, address, danger, reason: "…", expires: "YYYY-MM-DD" };
  return [
    "If this is meant, say so in `acknowledgements.json`, one entry for each:",
    "",
    fenced("json", JSON.stringify(entry, undefined, 2).split("\n")),
  ].join("\n");
}

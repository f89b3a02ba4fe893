import { renderComment, renderFull } from "../../../review/markdown/comment";
import { reviewStack } from "../../../review/review-stack";
import { created, destroyed, type Entry, planText, replaced, updated } from "./support/plans";
import { parsePlan } from "../../../review/terraform-plan";
import { reportOn } from "./support/reports";

const githubLimit = 65_536;

/** Two hundred resources, each with more to show than there is room for all. */
const many: readonly Entry[] = Array.from({ length: 200 }, (_, index) => {
  const policy = (action: string) =>
    JSON.stringify({
      Statement: Array.from({ length: 20 }, (__, sid) => ({ Sid: `S${sid}`, Action: `${action}:${sid}` })),
    });
  const one =
    index % 2 === 0
      ? created("aws_iam_role_policy", { name: `p${index}`, policy: policy("a") })
      : updated("aws_iam_role_policy", { policy: policy("a") }, { policy: policy("b") });
  return { ...one, address: `aws_iam_role_policy.p${index}` };
});
const dangerous: readonly Entry[] = Array.from({ length: 200 }, (_, index) => ({
  ...destroyed("aws_subnet"),
  address: `aws_subnet.s${index}`,
}));

test("a plan of 200 resources fits into a comment, whole lines and fences included", () => {
  const comment = renderComment(reportOn(many));
  expect(comment.length).toBeLessThan(githubLimit - 1000);
  expect(comment.length).toBeGreaterThan(githubLimit / 2);
  expect(comment.match(/^```/gm)?.length).toBe((comment.match(/^```diff$/gm)?.length ?? 0) * 2);
  expect(comment.match(/<details>/g)?.length).toBe(comment.match(/<\/details>/g)?.length);
});

test("says how much was cut, and where the rest is", () => {
  const comment = renderComment(reportOn(many));
  const shown = comment.match(/^#### /gm)?.length ?? 0;
  expect(comment).toContain(`**${200 - shown} resources of database cut here**: the full text is plan-full.md`);
  expect(renderFull(reportOn(many)).match(/^#### /gm)).toHaveLength(200);
  expect(renderFull(reportOn(many))).not.toContain("cut here");
});

test("cuts what is made before what is changed", () => {
  const actions = [...renderComment(reportOn(many)).matchAll(/^#### (\w+)/gm)].map(([, action]) => action);
  expect(actions.filter((action) => action === "create").length).toBeLessThan(actions.length / 2);
});

test("never cuts summary, dangers and policy", () => {
  const comment = renderComment(reportOn([...many, ...dangerous]));
  expect(comment.length).toBeLessThan(githubLimit);
  for (const { address } of dangerous) expect(comment).toContain(`\`${address}\``);
  expect(comment).toContain("| database | 100 | 100 | 0 | **200** | **no** |");
  expect(comment).toContain("✅ checkov: 42 checks passed");
});

test("the full text of 200 resources takes less than a second and a half", () => {
  const text = planText(many);
  const start = process.cpuUsage();
  renderFull(reportOn([], { reviews: [reviewStack("database", parsePlan(text), [])] }));
  const { user } = process.cpuUsage(start);
  expect(user / 1_000_000).toBeLessThan(1.5);
});

test("the marker is the first line", () => {
  expect(renderComment(reportOn([])).split("\n")[0]).toBe("<!-- pgpool-aurora plan: production -->");
});

test("danger comes before the summary, in red", () => {
  const comment = renderComment(reportOn([replaced("aws_rds_cluster")]));
  expect(comment.indexOf("> [!CAUTION]")).toBeGreaterThan(0);
  expect(comment.indexOf("> [!CAUTION]")).toBeLessThan(comment.indexOf("| stack |"));
  expect(comment).toContain("> 🔴 **1 dangerous change**");
});

test("a long value is shortened in the comment only", () => {
  const report = reportOn([updated("a", { x: "b".repeat(1000) }, { x: "c" })]);
  expect(renderComment(report)).toContain(`${"b".repeat(300)}… (1000 characters)`);
  expect(renderFull(report)).toContain("b".repeat(1000));
});

test("says plainly when checkov was not there, and what it found when it was", () => {
  const missing = { violations: [], checkov: { kind: "missing", message: "not on the PATH" } } as const;
  expect(renderComment(reportOn([], { policy: missing }))).toContain("⚪ checkov was not asked: it is not on the PATH");
  const ran = { violations: ["network: open"], checkov: { kind: "ran", passed: 1, findings: ["CKV_1"] } } as const;
  const comment = renderComment(reportOn([], { policy: ran }));
  expect(comment).toContain("1 violation\n\n- `network: open`");
  expect(comment).toContain("1 finding beyond `policy/exceptions.ts`\n\n- `CKV_1`");
});

test("a comment lists the first findings, the full text all", () => {
  const violations = Array.from({ length: 30 }, (_, index) => `finding ${index}.`);
  const report = reportOn([], { policy: { violations, checkov: { kind: "missing", message: "" } } });
  expect(renderComment(report)).toContain("- `finding 19.`\n- … and 10 more");
  expect(renderFull(report)).toContain("- `finding 29.`");
});

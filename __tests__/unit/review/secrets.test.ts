import { renderComment, renderFull } from "../../../review/markdown/comment";
import { created, type Entry, updated } from "./support/plans";
import { reportOn } from "./support/reports";

const canary = "c4naryS3cret";

/** Everything that leaves the machine of a reviewer, for one change. */
function everything(entry: Entry): string {
  const report = reportOn([entry]);
  return [renderComment(report), renderFull(report), JSON.stringify(report)].join("\n");
}
const lines = (text: string) => Buffer.from(text).toString("base64");

const secrets: readonly (readonly [string, Entry])[] = [
  ["under a mark of its own", created("a", { name: canary }, { after_sensitive: { name: true } })],
  [
    "under a mark of the whole block",
    created("a", { block: [{ deep: { name: canary } }] }, { after_sensitive: { block: true } }),
  ],
  ["in a list with a mark", created("a", { names: ["x", canary] }, { after_sensitive: { names: [false, true] } })],
  ["that goes", updated("a", { name: canary }, { name: "x" }, { before_sensitive: { name: true } })],
  [
    "in user data with a mark",
    created("aws_launch_template", { user_data: lines(canary) }, { after_sensitive: { user_data: true } }),
  ],
  [
    "in a policy with a mark",
    created("a", { policy: JSON.stringify({ Statement: [{ Sid: canary }] }) }, { after_sensitive: { policy: true } }),
  ],
  ["by the name of its argument", created("aws_rds_cluster", { master_password: canary })],
  ["by the name of its argument, deep inside", created("a", { auth: [{ token: canary }] })],
  [
    "by its name in a document",
    created("aws_launch_template", {
      user_data: lines(`#cloud-config\n${JSON.stringify({ users: [{ password: canary }] })}`),
    }),
  ],
  [
    "by its name in a file of a document",
    created("aws_launch_template", {
      user_data: lines(
        `#cloud-config\n${JSON.stringify({ write_files: [{ path: "/x", content: JSON.stringify({ a: { secret: canary } }) }] })}`,
      ),
    }),
  ],
  [
    "assigned in a script",
    created("aws_launch_template", { user_data: lines(`#!/bin/sh\nexport DB_PASSWORD=${canary}\n`) }),
  ],
  ["assigned in a text", created("a", { text: `one\npassword: "${canary}"\n` })],
  ["with the form of an access key", created("a", { note: ["key AKIA", "C4NARYSECRET0000"].join("") })],
];

test.each(secrets)("a secret %s is shown nowhere", (_, entry) => {
  expect(everything(entry)).not.toMatch(/c4naryS3cret|C4NARYSECRET/);
  expect(everything(entry)).toContain("(sensitive value)");
});

test("user data that becomes unknown is not shown in Base64, in which nobody would recognize a secret", () => {
  const before = lines(`#!/bin/sh\nexport DB_PASSWORD=${canary}\n`);
  const all = everything(
    updated("aws_launch_template", { user_data: before }, {}, { after_unknown: { user_data: true } }),
  );
  expect(all).not.toContain(before.slice(0, 40));
  expect(all).toContain("| `user_data` | `(user data)` | `(known after apply)` |");
});

test("that a hidden value changes is still told", () => {
  const marks = { before_sensitive: { name: true }, after_sensitive: { name: true } };
  const { stacks } = reportOn([updated("a", { name: canary, other: 1 }, { name: `${canary}2`, other: 2 }, marks)]);
  expect(stacks[0]?.resources[0]?.attributes.map(({ path }) => path)).toEqual(["name", "other"]);
});

test.each([
  ["the ARN of a secret", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-0a1b2c"],
  ["a switch about passwords", true],
])("%s is no secret", (_, value) => {
  const name = typeof value === "string" ? "secret_arn" : "manage_master_user_password";
  expect(everything(created("a", { [name]: value }))).not.toContain("(sensitive value)");
});

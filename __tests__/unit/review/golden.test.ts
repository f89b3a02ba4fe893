import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderFull } from "../../../review/markdown/comment";
import type { PlanReport } from "../../../review/report";
import { reviewStack } from "../../../review/review-stack";
import { documentWith } from "../../support/boot-document";
import { created, destroyed, planOf, replaced, updated } from "./support/plans";
import { reportOn } from "./support/reports";

/** UPDATE_GOLDEN=1 writes the files instead of comparing: then read what `git diff` says. */
const update = process.env.UPDATE_GOLDEN === "1";

const userData = (children: number) => {
  const content = JSON.stringify(documentWith({ settings: { num_init_children: children } }));
  const file = { path: "/etc/pgpool-aurora/boot.json", permissions: "0600", content };
  return Buffer.from(`#cloud-config\n${JSON.stringify({ write_files: [file] })}`).toString("base64");
};
const trust = (...services: string[]) =>
  JSON.stringify({ Statement: [{ Sid: "Trust", Principal: { Service: services } }] });

const reports: Readonly<Record<string, PlanReport>> = {
  "nothing-changes": reportOn([]),
  "first-plan": reportOn([], {
    uncommitted: true,
    policy: { violations: [], checkov: { kind: "missing", message: "" } },
    reviews: [
      reviewStack(
        "network",
        planOf(
          created(
            "aws_vpc",
            { cidr_block: "10.0.0.0/16", tags: { Name: "x" } },
            { after_unknown: { arn: true, id: true } },
          ),
        ),
        [],
      ),
      reviewStack(
        "database",
        planOf(created("aws_db_subnet_group", { name: "production-pgpool", subnet_ids: ["subnet-00000000000000020"] })),
        ["planned with stand-ins for network"],
      ),
    ],
  }),
  changes: reportOn([
    updated(
      "aws_launch_template",
      { user_data: userData(64), latest_version: 3 },
      { user_data: userData(100) },
      { after_unknown: { latest_version: true } },
    ),
    updated(
      "aws_iam_role",
      { assume_role_policy: trust("ec2.amazonaws.com") },
      { assume_role_policy: trust("rds.amazonaws.com", "ec2.amazonaws.com") },
    ),
    updated(
      "aws_vpc_security_group_ingress_rule",
      { ip_protocol: "tcp", from_port: 5432, to_port: 5432, cidr_ipv4: "10.0.0.0/16" },
      { ip_protocol: "tcp", from_port: 5432, to_port: 5432, cidr_ipv4: "10.0.1.0/24" },
    ),
    updated(
      "aws_rds_cluster",
      { password: "a", tags_all: { Owner: "a" } },
      { password: "b", tags_all: { Owner: "b" } },
      { before_sensitive: { password: true }, after_sensitive: { password: true } },
    ),
  ]),
  danger: reportOn(
    [
      replaced(
        "aws_rds_cluster",
        { cluster_identifier: "a" },
        { cluster_identifier: "b" },
        { replace_paths: [["cluster_identifier"]], after_unknown: { endpoint: true } },
      ),
      destroyed("aws_kms_key"),
      updated("aws_launch_template", { user_data: userData(64) }, { user_data: userData(100) }),
    ],
    {
      acknowledgements: [
        {
          environment: "production",
          address: "aws_kms_key.example",
          danger: "lost",
          reason: "It has encrypted nothing yet.",
          expires: "2026-06-30",
        },
      ],
    },
  ),
};

test.each(Object.entries(reports))("%s is rendered as in its file", (name, report) => {
  const file = join(__dirname, "golden", `${name}.md`);
  const text = renderFull(report);
  if (update) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
});

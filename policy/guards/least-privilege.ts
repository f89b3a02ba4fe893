import type { Block } from "../terraform-json";
import { dataSources, nested, textOf, texts } from "../blocks";
import { type Guard, policyDocument } from "../guard";

/** Families that KMS grows and that its own key policy examples name by their beginning. */
const families = ["kms:GenerateDataKey*", "kms:ReEncrypt*"];

/** All that a service can do, in named regions: what makes resources needs it (constructs/iam/deploy-statements.ts). */
const isServiceInRegions = (action: string, statement: Block): boolean =>
  /^(?!iam:|kms:|secretsmanager:|s3:|sts:)[\w-]+:\*$/.test(action) &&
  nested(statement, "condition").some(({ variable }) => variable === "aws:RequestedRegion");

function faults(statement: Block): readonly string[] {
  // What is denied cannot be too much.
  if (statement.effect === "Deny") return [];
  const principals = nested(statement, "principals");
  const identifiers = principals.flatMap((principal) => texts(principal, "identifiers"));
  return [
    ...texts(statement, "actions")
      .filter((action) => action.includes("*") && !families.includes(action) && !isServiceInRegions(action, statement))
      .map((action) => `allows ${action}`),
    ...(texts(statement, "resources").includes("*") && nested(statement, "condition").length === 0
      ? ["allows it on everything, with no condition"]
      : []),
    ...identifiers.filter((one) => one.includes("*")).map((one) => `allows it to ${one}`),
    ...["not_actions", "not_resources", "not_principals"].filter((key) => key in statement).map((key) => `uses ${key}`),
  ];
}

const allowed = { actions: ["logs:PutLogEvents"], resources: ["${aws_cloudwatch_log_group.nodes.arn}"] };
const only = [{ test: "StringEquals", variable: "kms:CallerAccount", values: ["111122223333"] }];
const inIreland = [{ test: "StringEquals", variable: "aws:RequestedRegion", values: ["eu-west-1"] }];
const statement = (changes: object) => ({ json: policyDocument({ ...allowed, ...changes }) });

export const leastPrivilege: Guard = {
  rule: "a policy names its actions and principals, and its resources or a condition",
  violations: ({ json }) =>
    dataSources(json, "aws_iam_policy_document").flatMap(({ address, block }) =>
      nested(block, "statement").flatMap((one) =>
        faults(one).map((fault) => `${address} ${textOf(one, "sid")} ${fault}`),
      ),
    ),
  accepts: {
    "named actions on one resource": statement({}),
    "everything, with a condition": statement({ resources: ["*"], condition: only }),
    "a denial of everything": statement({ effect: "Deny", actions: ["iam:*"], resources: ["*"] }),
    "a service in named regions": statement({ actions: ["rds:*"], resources: ["*"], condition: inIreland }),
    "a family of KMS": statement({ actions: ["kms:GenerateDataKey*"] }),
  },
  refuses: {
    "all actions": statement({ actions: ["*"] }),
    "all actions of a service": statement({ actions: ["logs:*"] }),
    "actions by their beginning": statement({ actions: ["rds:Delete*"] }),
    "a service that gives rights, in named regions": statement({ actions: ["iam:*"], condition: inIreland }),
    "everything, with no condition": statement({ resources: ["*"] }),
    "all principals": statement({ principals: [{ type: "AWS", identifiers: ["*"] }] }),
    "the role of a name's beginning": statement({
      principals: [{ type: "AWS", identifiers: ["arn:aws:iam::111122223333:role/*"] }],
    }),
    "all but some actions": statement({ actions: undefined, not_actions: ["iam:CreateUser"] }),
    "all but some resources": statement({ resources: undefined, not_resources: ["arn:aws:s3:::logs"] }),
  },
};

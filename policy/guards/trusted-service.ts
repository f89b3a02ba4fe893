import type { Block } from "../terraform-json";
import { dataSources, nested, resources, textOf, texts } from "../blocks";
import { type Guard, policyDocument, resource } from "../guard";

/** AWS's own policies, for roles of its own services whose permissions it documents no smaller set of. */
const managedPolicies = ["AmazonRDSEnhancedMonitoringRole", "AWSBackupServiceRolePolicyForBackup"];

const isOneService = (statement: Block): boolean => {
  const principals = nested(statement, "principals");
  return (
    principals.length === 1 && principals.every(({ type, identifiers }) => type === "Service" && isOne(identifiers))
  );
};
const isOne = (identifiers: unknown): boolean => Array.isArray(identifiers) && identifiers.length === 1;

const trust = (...principals: readonly object[]) => ({
  json: policyDocument({ actions: ["sts:AssumeRole"], principals }),
});
const ec2 = { type: "Service", identifiers: ["ec2.amazonaws.com"] };
const attached = (policy_arn: string) => ({
  json: resource("aws_iam_role_policy_attachment", { example: { policy_arn } }),
});

export const trustedService: Guard = {
  rule: "a role trusts one service, and has no policy but ours and the two of AWS's that are named here",
  violations: ({ json }) => [
    ...dataSources(json, "aws_iam_policy_document")
      .filter(({ block }) =>
        nested(block, "statement").some(
          (one) => texts(one, "actions").includes("sts:AssumeRole") && !isOneService(one),
        ),
      )
      .map(({ address }) => `${address} trusts more or others than one service`),
    ...resources(json, "aws_iam_role")
      .filter(({ block }) => !isDocument(block, "assume_role_policy"))
      .map(({ address }) => `${address} has its trust from elsewhere`),
    ...resources(json, "aws_iam_role_policy", "aws_iam_policy", "aws_kms_key", "aws_sns_topic_policy")
      .filter(({ block }) => !isDocument(block, "policy"))
      .map(({ address }) => `${address} has its policy from elsewhere`),
    ...resources(json, "aws_iam_role_policy_attachment")
      .filter(({ block }) => !managedPolicies.includes(textOf(block, "policy_arn").split("/").at(-1) ?? ""))
      .map(({ address, block }) => `${address} attaches ${textOf(block, "policy_arn")}`),
  ],
  accepts: {
    "one service": trust(ec2),
    "Enhanced Monitoring": attached("arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"),
  },
  refuses: {
    "an account": trust({ type: "AWS", identifiers: ["arn:aws:iam::111122223333:root"] }),
    "two services": trust({ type: "Service", identifiers: ["ec2.amazonaws.com", "rds.amazonaws.com"] }),
    "a service and an account": trust(ec2, { type: "AWS", identifiers: ["arn:aws:iam::111122223333:root"] }),
    "nobody in particular": trust(),
    "a trust that no guard can read": { json: resource("aws_iam_role", { example: { assume_role_policy: "{}" } }) },
    "a policy that no guard can read": { json: resource("aws_iam_role_policy", { example: { policy: "{}" } }) },
    "an administrator": attached("arn:aws:iam::aws:policy/AdministratorAccess"),
  },
};

function isDocument(block: Block, argument: string): boolean {
  return /^\$\{data\.aws_iam_policy_document\.[\w-]+\.json\}$/.test(textOf(block, argument));
}

import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { condition, type Statement } from "./statements";

/** Who signs the tokens of GitHub's workflows. */
export const githubIssuer = "token.actions.githubusercontent.com";

export interface WorkflowRoleProps {
  readonly name: string;
  readonly description: string;
  /** ARN of GitHub as the account's OIDC provider. */
  readonly providerArn: string;
  /** Whom the token is for, its `aud`. */
  readonly audience: string;
  /** Which jobs may have the role: the token's `sub`, whole, such as `repo:owner/name:environment:production`. */
  readonly subject: string;
  readonly statements: readonly Statement[];
}

/** A role for jobs of one GitHub repository, in one situation, with one inline policy. */
export class WorkflowRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: WorkflowRoleProps) {
    super(scope, id);
    const { name, description, audience, subject, statements } = props;
    const trust = new DataAwsIamPolicyDocument(this, "trust", {
      statement: [
        {
          actions: ["sts:AssumeRoleWithWebIdentity"],
          principals: [{ type: "Federated", identifiers: [props.providerArn] }],
          // Equal, not alike: with a pattern, a branch or a repository of a fitting name would do.
          condition: [
            condition("StringEquals", `${githubIssuer}:aud`, audience),
            condition("StringEquals", `${githubIssuer}:sub`, subject),
          ],
        },
      ],
    });
    const role = new IamRole(this, "role", { name, description, assumeRolePolicy: trust.json });
    const policy = new DataAwsIamPolicyDocument(this, "policy", { statement: [...statements] });
    new IamRolePolicy(this, "inline", { name, role: role.id, policy: policy.json });
    this.arn = role.arn;
  }
}

import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { condition, type Statement } from "./statements";

export interface ServiceRoleProps {
  readonly name: string;
  readonly description: string;
  /** Service principal that may assume the role. */
  readonly service: string;
  /** @default - any caller of that service; set it for services that act for many accounts. */
  readonly sourceAccount?: string;
  /** @default - no statement of our own */
  readonly statements?: readonly Statement[];
  /** @default - no policy of AWS's */
  readonly managedPolicyArn?: string;
}

/** A role for an AWS service, with one inline policy from the statements it is given. */
export class ServiceRole extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const trust = new DataAwsIamPolicyDocument(this, "trust", {
      statement: [
        {
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: [props.service] }],
          condition:
            props.sourceAccount === undefined
              ? []
              : [condition("StringEquals", "aws:SourceAccount", props.sourceAccount)],
        },
      ],
    });
    const { name, description } = props;
    const role = new IamRole(this, "role", { name, description, assumeRolePolicy: trust.json });
    if (props.statements !== undefined) {
      const policy = new DataAwsIamPolicyDocument(this, "policy", { statement: [...props.statements] });
      new IamRolePolicy(this, "inline", { name, role: role.id, policy: policy.json });
    }
    if (props.managedPolicyArn !== undefined) {
      new IamRolePolicyAttachment(this, "managed", { role: role.name, policyArn: props.managedPolicyArn });
    }
    this.arn = role.arn;
    this.name = role.name;
  }
}

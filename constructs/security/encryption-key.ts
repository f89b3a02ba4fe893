import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { awsName } from "../../config/naming";
import type { Statement } from "../iam/statements";

export interface EncryptionKeyProps {
  /** Alias, without `alias/`. */
  readonly alias: string;
  readonly description: string;
  readonly statements: readonly Statement[];
  /** Refuse any plan that would destroy the key, and with it all that it encrypts. */
  readonly deletionProtected: boolean;
  /** @default - the stack's region */
  readonly region?: string;
}

/** A customer-managed key: rotated each year, deleted only after 30 days, used by those its policy names. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { description, region } = props;
    const policy = new DataAwsIamPolicyDocument(this, "policy", { statement: [...props.statements] });
    const key = new KmsKey(this, "key", {
      description,
      region,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policy.json,
      lifecycle: { preventDestroy: props.deletionProtected },
    });
    new KmsAlias(this, "alias", { name: `alias/${awsName("kms-alias", props.alias)}`, targetKeyId: key.keyId, region });
    this.arn = key.arn;
  }
}

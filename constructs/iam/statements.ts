import type { DataAwsIamPolicyDocumentStatement } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";

/** One statement of an IAM policy. */
export type Statement = DataAwsIamPolicyDocumentStatement;

/** A condition with one or more values. */
export const condition = (test: string, variable: string, ...values: string[]) => ({ test, variable, values });

export interface ReadSecretProps {
  /** What it is to the reader: ends the ids of the statements. */
  readonly what: string;
  readonly secretArn: string;
  /** @default - AWS's own key for Secrets Manager, which needs no permission */
  readonly keyArn?: string;
  readonly secretsManagerHost: string;
}

/** Read one secret, and decrypt it with its key, through Secrets Manager only. */
export const readSecret = ({ what, secretArn, keyArn, secretsManagerHost }: ReadSecretProps): Statement[] => [
  {
    sid: `Read${what}`,
    actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
    resources: [secretArn],
  },
  ...(keyArn === undefined
    ? []
    : [
        {
          sid: `Decrypt${what}`,
          actions: ["kms:Decrypt"],
          resources: [keyArn],
          condition: [condition("StringEquals", "kms:ViaService", secretsManagerHost)],
        },
      ]),
];

/** Write to one log group. */
export const writeLogs = (logGroupArn: string): Statement => ({
  sid: "WriteLogs",
  actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
  resources: [logGroupArn, `${logGroupArn}:*`],
});

/** Publish metrics of one namespace; CloudWatch knows no resource here, so the namespace is the limit. */
export const writeMetrics = (namespace: string): Statement => ({
  sid: "WriteMetrics",
  actions: ["cloudwatch:PutMetricData"],
  resources: ["*"],
  condition: [condition("StringEquals", "cloudwatch:namespace", namespace)],
});

/** What a node may do to its own scaling group: finish the termination hook, and declare itself unhealthy. */
export const manageOwnGroup = (groupArn: string): Statement => ({
  sid: "ManageOwnGroup",
  actions: [
    "autoscaling:CompleteLifecycleAction",
    "autoscaling:RecordLifecycleActionHeartbeat",
    "autoscaling:SetInstanceHealth",
  ],
  resources: [groupArn],
});

/**
 * Be managed by Systems Manager: the actions of Session Manager's minimal policy (Systems Manager User Guide, "Add
 * Session Manager permissions"). They know no resource; the credentials must be used on an instance of the account.
 */
export const beManaged = (instanceArns: string): Statement => ({
  sid: "SessionManager",
  actions: [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
    "ec2messages:AcknowledgeMessage",
    "ec2messages:DeleteMessage",
    "ec2messages:FailMessage",
    "ec2messages:GetEndpoint",
    "ec2messages:GetMessages",
    "ec2messages:SendReply",
  ],
  resources: ["*"],
  condition: [condition("ArnLike", "ec2:SourceInstanceARN", instanceArns)],
});

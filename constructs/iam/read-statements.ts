import { condition, type Statement } from "./statements";

/** What of an account belongs to an environment, in ARNs. */
export interface Possessions {
  /** Regions of its resources. */
  readonly regions: readonly string[];
  /** Its roles and instance profiles, by patterns. */
  readonly roleArns: readonly string[];
  /** The account's identity provider for workflows. */
  readonly providerArn: string;
  /** The SSM parameter that names the image, if one does. */
  readonly imageParameterArn: string | undefined;
  /** The hosted zone of the clients' name, if there is one. */
  readonly hostedZoneArn: string | undefined;
  /** The secret of a dedicated health user, by a pattern for what Secrets Manager appends to its name. */
  readonly healthSecretArn: string | undefined;
}

/**
 * What `terraform plan` reads, by service: the Read functions of our resources in the AWS provider. Not AWS's
 * ReadOnlyAccess, which reads every object of every bucket.
 */
const reads: Readonly<Record<string, readonly string[]>> = {
  "application-autoscaling": ["DescribeScalableTargets", "DescribeScalingPolicies", "ListTagsForResource"],
  autoscaling: [
    "DescribeAutoScalingGroups",
    "DescribeInstanceRefreshes",
    "DescribeLifecycleHooks",
    "DescribePolicies",
    "DescribeScalingActivities",
    "DescribeTags",
    "DescribeTrafficSources",
    "DescribeWarmPool",
  ],
  backup: ["DescribeBackupVault", "GetBackupPlan", "GetBackupSelection", "ListTags"],
  cloudwatch: ["DescribeAlarms", "ListTagsForResource"],
  ec2: [
    "DescribeAccountAttributes",
    "DescribeAddresses",
    "DescribeAddressesAttribute",
    "DescribeAvailabilityZones",
    "DescribeFlowLogs",
    "DescribeImages",
    "DescribeInstanceTypes",
    "DescribeInternetGateways",
    "DescribeLaunchTemplateVersions",
    "DescribeLaunchTemplates",
    "DescribeManagedPrefixLists",
    "DescribeNatGateways",
    "DescribeNetworkAcls",
    "DescribeNetworkInterfaces",
    "DescribePrefixLists",
    "DescribeRouteTables",
    "DescribeSecurityGroupRules",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeTags",
    "DescribeVpcAttribute",
    "DescribeVpcEndpoints",
    "DescribeVpcs",
  ],
  elasticloadbalancing: [
    "DescribeCapacityReservation",
    "DescribeListenerAttributes",
    "DescribeListeners",
    "DescribeLoadBalancerAttributes",
    "DescribeLoadBalancers",
    "DescribeTags",
    "DescribeTargetGroupAttributes",
    "DescribeTargetGroups",
    "DescribeTargetHealth",
  ],
  kms: ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListAliases", "ListResourceTags"],
  logs: ["DescribeLogGroups", "ListTagsForResource"],
  rds: [
    "DescribeDBClusterParameterGroups",
    "DescribeDBClusterParameters",
    "DescribeDBClusters",
    "DescribeDBInstances",
    "DescribeDBParameterGroups",
    "DescribeDBParameters",
    "DescribeDBSubnetGroups",
    "DescribeEventSubscriptions",
    "DescribeGlobalClusters",
    "ListTagsForResource",
  ],
  sns: ["GetSubscriptionAttributes", "GetTopicAttributes", "ListTagsForResource"],
};

const roleReads = [
  "iam:GetInstanceProfile",
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListInstanceProfilesForRole",
  "iam:ListRolePolicies",
];

/** These actions in these regions only; most of them know no resource. */
export const inRegions = (sid: string, regions: readonly string[], actions: string[]): Statement => ({
  sid,
  actions,
  resources: ["*"],
  condition: [condition("StringEquals", "aws:RequestedRegion", ...regions)],
});

/** One statement about one resource; none where there is no such resource. */
export const about = (sid: string, arn: string | undefined, ...actions: string[]): Statement[] =>
  arn === undefined ? [] : [{ sid, actions, resources: [arn] }];

/** Read all that the stacks of an environment have made: descriptions only, no data. */
export const readPossessions = (own: Possessions): Statement[] => [
  inRegions(
    "Read",
    own.regions,
    Object.entries(reads).flatMap(([service, actions]) => actions.map((action) => `${service}:${action}`)),
  ),
  { sid: "ReadRoles", actions: roleReads, resources: [...own.roleArns] },
  ...about("ReadProvider", own.providerArn, "iam:GetOpenIDConnectProvider"),
  ...about("ReadImage", own.imageParameterArn, "ssm:GetParameter"),
  ...about(
    "ReadHealthSecret",
    own.healthSecretArn,
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetResourcePolicy",
  ),
  ...about("ReadZone", own.hostedZoneArn, "route53:GetHostedZone", "route53:ListResourceRecordSets"),
];

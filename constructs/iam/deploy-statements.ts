import { condition, type Statement } from "./statements";
import { about, inRegions, type Possessions } from "./read-statements";

/** What a deployment may change, beside what it may read. */
export interface Deployable extends Possessions {
  /** Roles and instance profiles that the stacks make, by their whole ARNs: their rights are the stacks' to give. */
  readonly changeableRoleArns: readonly string[];
  /** Policies of AWS's that may be attached to them. */
  readonly attachableArns: readonly string[];
  /** Services that may be given one of them. */
  readonly roleUsers: readonly string[];
  /** Service-linked roles, by a pattern, and whose they may be. */
  readonly linkedRoleArns: string;
  readonly linkedServices: readonly string[];
  /** What a deployment must never change: its own roles, and who may have them. */
  readonly untouchableArns: readonly string[];
}

/**
 * Services whose resources the stacks make, each as a whole: what a resource needs for its life is AWS's to say and
 * changes with the provider, so a list of actions would break in the middle of an apply. None of them gives rights.
 */
const services = [
  "application-autoscaling",
  "autoscaling",
  "backup",
  "backup-storage",
  "cloudwatch",
  "ec2",
  "elasticloadbalancing",
  "logs",
  "rds",
  "sns",
];

/** Keys and secrets: made and administered. What a key encrypts is decrypted by nobody through these. */
const keyLife = [
  "CancelKeyDeletion",
  "CreateAlias",
  "CreateKey",
  "DeleteAlias",
  "DisableKey",
  "EnableKey",
  "EnableKeyRotation",
  "PutKeyPolicy",
  "ScheduleKeyDeletion",
  "TagResource",
  "UntagResource",
  "UpdateAlias",
  "UpdateKeyDescription",
];
/** RDS and AWS Backup ask for these in the name of who makes a cluster, its secret or its vault. */
const keyUse = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"];

const roleLife = [
  "AddRoleToInstanceProfile",
  "CreateInstanceProfile",
  "CreateRole",
  "DeleteInstanceProfile",
  "DeleteRole",
  "DeleteRolePolicy",
  "PutRolePolicy",
  "RemoveRoleFromInstanceProfile",
  "TagInstanceProfile",
  "TagRole",
  "UntagInstanceProfile",
  "UntagRole",
  "UpdateAssumeRolePolicy",
  "UpdateRole",
  "UpdateRoleDescription",
];

/** Make, change and remove what the stacks consist of. */
export const changePossessions = (own: Deployable, keyUsers: readonly string[]): Statement[] => [
  inRegions(
    "Change",
    own.regions,
    services.map((service) => `${service}:*`),
  ),
  inRegions(
    "ChangeKeys",
    own.regions,
    keyLife.map((action) => `kms:${action}`),
  ),
  {
    sid: "UseKeysThroughServices",
    actions: keyUse,
    resources: ["*"],
    condition: [condition("StringEquals", "kms:ViaService", ...keyUsers)],
  },
  inRegions("MakeSecrets", own.regions, ["CreateSecret", "RotateSecret", "TagResource"].map(inSecretsManager)),
  ...about(
    "ChangeHealthSecret",
    own.healthSecretArn,
    ...["DeleteSecret", "RestoreSecret", "UntagResource", "UpdateSecret"].map(inSecretsManager),
  ),
  ...about("ChangeZone", own.hostedZoneArn, "route53:ChangeResourceRecordSets"),
  ...about("AwaitZone", own.hostedZoneArn?.replace(/hostedzone\/.*$/, "change/*"), "route53:GetChange"),
];

const inSecretsManager = (action: string): string => `secretsmanager:${action}`;

/** Give rights to the stacks' own roles, and to no other; never to what gives the rights of the deployment itself. */
export const changeRoles = (own: Deployable): Statement[] => [
  { sid: "ChangeRoles", actions: roleLife.map((action) => `iam:${action}`), resources: [...own.changeableRoleArns] },
  {
    sid: "AttachPolicies",
    actions: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
    resources: [...own.changeableRoleArns],
    condition: [condition("ArnEquals", "iam:PolicyARN", ...own.attachableArns)],
  },
  {
    sid: "PassRoles",
    actions: ["iam:PassRole"],
    resources: [...own.changeableRoleArns, own.linkedRoleArns],
    condition: [condition("StringEquals", "iam:PassedToService", ...own.roleUsers)],
  },
  {
    sid: "MakeServiceLinkedRoles",
    actions: ["iam:CreateServiceLinkedRole"],
    resources: [own.linkedRoleArns],
    condition: [condition("StringEquals", "iam:AWSServiceName", ...own.linkedServices)],
  },
  ...about(
    "ChangeServiceLinkedRoles",
    own.linkedRoleArns,
    "iam:DeleteServiceLinkedRole",
    "iam:GetServiceLinkedRoleDeletionStatus",
    "iam:UpdateRoleDescription",
  ),
  { sid: "NeverChangeItself", effect: "Deny", actions: ["iam:*"], resources: [...own.untouchableArns] },
];

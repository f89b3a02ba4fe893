import type { Account } from "../../config/account";
import { condition, type Statement } from "../iam/statements";

const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/** In a key's policy `*` is the key itself. */
const thisKey = { resources: ["*"] };

const callerOf = (account: Account) => condition("StringEquals", "kms:CallerAccount", account.id);

/** The account's administrators may manage the key, not use it; who that is, IAM says. */
export const administer = (account: Account): Statement => ({
  ...thisKey,
  sid: "Administer",
  actions: [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListResourceTags",
    "kms:ListRetirableGrants",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
  ],
  principals: [{ type: "AWS", identifiers: [account.rootArn] }],
  condition: [callerOf(account)],
});

/** Callers of the account that IAM allows to may use the key, but only through these services. */
export const useThroughServices = (account: Account, services: readonly string[]): Statement => ({
  ...thisKey,
  sid: "UseThroughServices",
  actions: [...use, "kms:CreateGrant"],
  principals: [{ type: "AWS", identifiers: [account.rootArn] }],
  condition: [
    callerOf(account),
    condition("StringEquals", "kms:ViaService", ...services.map((service) => account.viaService(service))),
  ],
});

/** CloudWatch Logs may use the key for one log group (CloudWatch Logs User Guide, "Encrypt log data"). */
export const encryptLogGroup = (account: Account, logGroupName: string): Statement => ({
  ...thisKey,
  sid: "EncryptLogGroup",
  actions: use,
  principals: [{ type: "Service", identifiers: [account.principal("logs")] }],
  condition: [
    condition("ArnEquals", "kms:EncryptionContext:aws:logs:arn", account.arn("logs", `log-group:${logGroupName}`)),
  ],
});

/** Services may publish to an encrypted topic for this account (SNS Developer Guide, "Key management"). */
export const publishEncrypted = (account: Account, principals: readonly string[]): Statement => ({
  ...thisKey,
  sid: "PublishEncrypted",
  actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
  principals: [{ type: "Service", identifiers: [...principals] }],
  condition: [condition("StringEquals", "aws:SourceAccount", account.id)],
});

/** A scaling group's service-linked role may launch instances with volumes under this key. */
export const encryptVolumes = (account: Account, roleArn: string): Statement[] => [
  {
    ...thisKey,
    sid: "EncryptVolumes",
    actions: use,
    principals: [{ type: "AWS", identifiers: [roleArn] }],
    condition: [callerOf(account)],
  },
  {
    ...thisKey,
    sid: "AttachVolumes",
    actions: ["kms:CreateGrant"],
    principals: [{ type: "AWS", identifiers: [roleArn] }],
    condition: [condition("Bool", "kms:GrantIsForAWSResource", "true")],
  },
];

import { isDeepStrictEqual } from "node:util";
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import { isCalled } from "./aws-errors";
import { lifecycleRules } from "./state-bucket-lifecycle";
import type { OwnedBucket } from "./state-bucket-owner";

/** One property of a state bucket: how to see that it is right, and how to make it so. */
export interface BucketSetting {
  readonly name: string;
  readonly isInLine: () => Promise<boolean>;
  readonly set: () => Promise<unknown>;
}

type Target = Pick<OwnedBucket, "s3"> & {
  readonly on: { readonly Bucket: string; readonly ExpectedBucketOwner: string };
};

/** Everything that a state bucket has to have, what closes it first. */
export function bucketSettings(owned: OwnedBucket, arn: string, kmsKeyArn: string | undefined): BucketSetting[] {
  const target = { s3: owned.s3, on: { Bucket: owned.bucket, ExpectedBucketOwner: owned.account } };
  return [
    publicAccess(target),
    ownership(target),
    policy(target, arn),
    encryption(target, kmsKeyArn),
    versioning(target),
    lifecycle(target),
  ];
}

/** The answer, or undefined where AWS says with this error that there is none. */
async function unless<T>(none: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isCalled(error, none)) return undefined;
    throw error;
  }
}

function publicAccess({ s3, on }: Target): BucketSetting {
  const wanted = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  };
  return {
    name: "public access block",
    isInLine: async () => {
      const answer = unless("NoSuchPublicAccessBlockConfiguration", s3.send(new GetPublicAccessBlockCommand(on)));
      return isDeepStrictEqual((await answer)?.PublicAccessBlockConfiguration, wanted);
    },
    set: () => s3.send(new PutPublicAccessBlockCommand({ ...on, PublicAccessBlockConfiguration: wanted })),
  };
}

function ownership({ s3, on }: Target): BucketSetting {
  const wanted = [{ ObjectOwnership: "BucketOwnerEnforced" as const }];
  return {
    name: "no ACLs",
    isInLine: async () => {
      const answer = unless("OwnershipControlsNotFoundError", s3.send(new GetBucketOwnershipControlsCommand(on)));
      return isDeepStrictEqual((await answer)?.OwnershipControls?.Rules, wanted);
    },
    set: () => s3.send(new PutBucketOwnershipControlsCommand({ ...on, OwnershipControls: { Rules: wanted } })),
  };
}

interface Policy {
  readonly Version: string;
  readonly Statement: readonly { readonly Sid?: string }[];
}

/** Other statements of the policy are their owner's and stay. */
function policy({ s3, on }: Target, arn: string): BucketSetting {
  const wanted = {
    Sid: "DenyWithoutTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const read = async (): Promise<Policy> => {
    const answer = await unless("NoSuchBucketPolicy", s3.send(new GetBucketPolicyCommand(on)));
    return JSON.parse(answer?.Policy ?? '{ "Version": "2012-10-17", "Statement": [] }') as Policy;
  };
  return {
    name: "TLS only",
    isInLine: async () => (await read()).Statement.some((statement) => isDeepStrictEqual(statement, wanted)),
    set: async () => {
      const { Statement, ...rest } = await read();
      const others = Statement.filter(({ Sid }) => Sid !== wanted.Sid);
      await s3.send(
        new PutBucketPolicyCommand({ ...on, Policy: JSON.stringify({ ...rest, Statement: [...others, wanted] }) }),
      );
    },
  };
}

/** Without a key of our own any encryption will do: it is never taken down from SSE-KMS to SSE-S3. */
function encryption({ s3, on }: Target, kmsKeyArn: string | undefined): BucketSetting {
  const rule: ServerSideEncryptionRule =
    kmsKeyArn === undefined
      ? { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }
      : {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: kmsKeyArn },
          BucketKeyEnabled: true,
        };
  return {
    name: "encryption",
    isInLine: async () => {
      const question = s3.send(new GetBucketEncryptionCommand(on));
      const answer = await unless("ServerSideEncryptionConfigurationNotFoundError", question);
      const [found] = answer?.ServerSideEncryptionConfiguration?.Rules ?? [];
      const { KMSMasterKeyID: key } = found?.ApplyServerSideEncryptionByDefault ?? {};
      return kmsKeyArn === undefined ? found !== undefined : key === kmsKeyArn && found?.BucketKeyEnabled === true;
    },
    set: () => s3.send(new PutBucketEncryptionCommand({ ...on, ServerSideEncryptionConfiguration: { Rules: [rule] } })),
  };
}

function versioning({ s3, on }: Target): BucketSetting {
  return {
    name: "versioning",
    isInLine: async () => (await s3.send(new GetBucketVersioningCommand(on))).Status === "Enabled",
    set: () => s3.send(new PutBucketVersioningCommand({ ...on, VersioningConfiguration: { Status: "Enabled" } })),
  };
}

/** Other rules of the bucket are their owner's and stay. */
function lifecycle({ s3, on }: Target): BucketSetting {
  const read = async (): Promise<LifecycleRule[]> => {
    const question = s3.send(new GetBucketLifecycleConfigurationCommand(on));
    return (await unless("NoSuchLifecycleConfiguration", question))?.Rules ?? [];
  };
  const isThere = (rule: LifecycleRule, rules: readonly LifecycleRule[]): boolean =>
    rules.some((one) => isDeepStrictEqual(one, rule));
  return {
    name: "lifecycle",
    isInLine: async () => {
      const rules = await read();
      return lifecycleRules.every((rule) => isThere(rule, rules));
    },
    set: async () => {
      const others = (await read()).filter(({ ID }) => !lifecycleRules.some((rule) => rule.ID === ID));
      const LifecycleConfiguration = { Rules: [...others, ...lifecycleRules] };
      await s3.send(new PutBucketLifecycleConfigurationCommand({ ...on, LifecycleConfiguration }));
    },
  };
}

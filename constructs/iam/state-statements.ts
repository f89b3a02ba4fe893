import { condition, type Statement } from "./statements";

/** Where the states of an environment are, in ARNs. */
export interface StateStore {
  readonly bucketArn: string;
  /** The states, by a pattern. */
  readonly stateArns: string;
  /** Their locks. */
  readonly lockArns: string;
  /** Plan files that wait for their approval. */
  readonly planArns: string;
  /** Key of the bucket; undefined with SSE-S3. */
  readonly keyArn: string | undefined;
  /** How KMS names S3 in the bucket's region. */
  readonly viaS3: string;
}

const objects = (sid: string, actions: string[], ...resources: string[]): Statement => ({ sid, actions, resources });

const useKey = ({ keyArn, viaS3 }: StateStore, sid: string, actions: string[]): Statement[] =>
  keyArn === undefined
    ? []
    : [{ ...objects(sid, actions, keyArn), condition: [condition("StringEquals", "kms:ViaService", viaS3)] }];

/** Read the states; Terraform also lists the bucket, to see what there is. */
export const readState = (store: StateStore): Statement[] => [
  objects("ListStates", ["s3:ListBucket"], store.bucketArn),
  objects("ReadStates", ["s3:GetObject"], store.stateArns),
  ...useKey(store, "DecryptStates", ["kms:Decrypt"]),
];

/** Keep plan files, until their approval. */
export const keepPlans = (store: StateStore): Statement[] => [
  objects("KeepPlans", ["s3:PutObject"], store.planArns),
  ...useKey(store, "EncryptPlans", ["kms:GenerateDataKey"]),
];

/** Write and lock the states, and read the plan files. */
export const applyPlans = (store: StateStore): Statement[] => [
  objects("ReadPlans", ["s3:GetObject"], store.planArns),
  objects("WriteStates", ["s3:PutObject"], store.stateArns),
  objects("LockStates", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], store.lockArns),
  ...useKey(store, "EncryptStates", ["kms:GenerateDataKey"]),
];

/** Never write these states, whatever else is allowed. */
export const neverWrite = (...stateArns: readonly string[]): Statement => ({
  sid: "NeverWriteStates",
  effect: "Deny",
  actions: ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
  resources: [...stateArns],
});

/** Never see a secret: a plan needs its ARN only. */
export const neverReadSecrets: Statement = {
  sid: "NeverReadSecrets",
  effect: "Deny",
  actions: ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"],
  resources: ["*"],
};

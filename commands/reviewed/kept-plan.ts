import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Environment } from "../../config/schema/environment";
import { planFolder } from "../../config/state";
import { refusal } from "../aws-errors";
import { Refusal, UsageError } from "../report-error";
import { sha256 } from "../plan-stacks";
import { manifestFile, planFiles, readManifest } from "./manifest";

/** Which plan of an environment: where it is kept, and under which name. */
export interface KeptPlan {
  readonly environment: Environment;
  /** Such as the id of the workflow's run. */
  readonly name: string;
}

/**
 * Keeps the plan files in the bucket of the states, which holds the same secrets and is as closed and encrypted.
 *
 * @returns the manifest's digest. It has to reach the apply by another way than the bucket: with it, what comes back is
 *   what was kept, whoever may write there.
 */
export async function keepPlan(plan: KeptPlan, folder: string): Promise<string> {
  const { s3, Bucket, prefix, encryption } = placeOf(plan);
  const files = [...planFiles(readManifest(folder)), manifestFile];
  for (const file of files) {
    const object = { Bucket, Key: `${prefix}${file}`, Body: readFileSync(join(folder, file)), ...encryption };
    await answered(s3.send(new PutObjectCommand(object)), "the plan was not kept");
  }
  return sha256(readFileSync(join(folder, manifestFile)));
}

/** Brings a kept plan back into a folder. @throws {@link Refusal} when it is not the one with that digest. */
export async function fetchPlan(plan: KeptPlan, digest: string, folder: string): Promise<void> {
  const { s3, Bucket, prefix } = placeOf(plan);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fetchFile = async (file: string): Promise<void> => {
    const question = s3.send(new GetObjectCommand({ Bucket, Key: `${prefix}${file}` }));
    const { Body } = await answered(question, "nothing was applied. A plan is kept for a week: plan again");
    writeFileSync(join(folder, file), (await Body?.transformToByteArray()) ?? "", { mode: 0o600 });
  };
  await fetchFile(manifestFile);
  if (sha256(readFileSync(join(folder, manifestFile))) !== digest) {
    throw new Refusal(`the plan ${plan.name} is not the one that was approved (${digest}); nothing was applied`);
  }
  for (const file of planFiles(readManifest(folder))) await fetchFile(file);
}

function placeOf({ environment: { name: environment, state }, name }: KeptPlan) {
  if (state.kind === "local") throw new UsageError(`${environment} keeps its state on this machine: so does its plan`);
  if (!/^[\w-]{1,64}$/.test(name)) throw new UsageError(`--run ${name}: 1 to 64 letters, digits, _ or -`);
  const { bucket: Bucket, region, kmsKeyArn: SSEKMSKeyId } = state;
  const encryption = SSEKMSKeyId === undefined ? {} : { ServerSideEncryption: "aws:kms" as const, SSEKMSKeyId };
  return { s3: new S3Client({ region }), Bucket, prefix: `${planFolder(environment)}${name}/`, encryption };
}

async function answered<T>(question: Promise<T>, consequence: string): Promise<T> {
  try {
    return await question;
  } catch (error) {
    throw refusal(error, consequence);
  }
}

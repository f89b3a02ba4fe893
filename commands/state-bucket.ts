import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { environments } from "../config/environments/index";
import { loadEnvironment } from "../config/load-environment";
import { partitionOf } from "../config/partition";
import type { State } from "../config/schema/state";
import { readArguments } from "./arguments";
import { report } from "./report-error";
import { refusal } from "./aws-errors";
import { callersAccount, findOrCreate, type OwnedBucket } from "./state-bucket-owner";
import { bucketSettings, type BucketSetting } from "./state-bucket-settings";

const help = `npm run state:bucket [-- --environment NAME]

Makes the S3 bucket that keeps the Terraform state of an environment, or brings one that is there in line:
versioned, encrypted, private, TLS only. Can be run again at any time; it deletes nothing.

  --environment NAME   one of ${Object.keys(environments).join(", ")}
                       (default: PGPOOL_ENVIRONMENT, or example)
  --help               this text`;

const progress = (step: string, result: string): void => {
  console.log(`  ${step.padEnd(22)}${result}`);
};

/** @returns the names of the settings that had to be changed. */
async function bringInLine(settings: readonly BucketSetting[]): Promise<string[]> {
  const changed: string[] = [];
  for (const { name, isInLine, set } of settings) {
    try {
      const inLine = await isInLine();
      if (!inLine) await set();
      progress(name, inLine ? "in line" : "set");
      if (!inLine) changed.push(name);
    } catch (error) {
      throw refusal(error, `"${name}" was not set; what is listed above is done, so run the command again`);
    }
  }
  return changed;
}

async function makeBucket(state: Extract<State, { kind: "s3" }>, accountId: string | undefined): Promise<void> {
  const { bucket, region, kmsKeyArn } = state;
  const account = await callersAccount(new STSClient({ region }), accountId);
  console.log(`State bucket ${bucket} in ${region}, account ${account}`);
  const owned: OwnedBucket = { s3: new S3Client({ region }), bucket, region, account };
  const found = await findOrCreate(owned);
  progress("bucket", found);
  const arn = `arn:${partitionOf(region).name}:s3:::${bucket}`;
  const changed = await bringInLine(bucketSettings(owned, arn, kmsKeyArn));
  if (found === "created") console.log("\nCreated.");
  else if (changed.length > 0) console.log(`\nIt was there already; now in line: ${changed.join(", ")}.`);
  else console.log("\nIt was there already; nothing to change.");
}

async function main(): Promise<void> {
  const options = readArguments(help, ["environment"]);
  if (options === undefined) return;
  const { name, state, accountId } = loadEnvironment(
    options.environment ?? process.env.PGPOOL_ENVIRONMENT ?? "example",
  );
  if (state.kind === "local") {
    console.log(`Environment ${name} keeps its state on this machine, under state/: it needs no bucket.`);
    return;
  }
  await makeBucket(state, accountId);
}

main().catch(report);

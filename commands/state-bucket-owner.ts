import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { Refusal } from "./report-error";
import { isCalled, refusal, statusOf } from "./aws-errors";

/** A bucket, and the account that it has to belong to. */
export interface OwnedBucket {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly region: string;
  readonly account: string;
}

const untouched = "nothing was changed";

/** The account of the credentials. Asked first: a bucket made in a wrong account would keep its name from the right one. */
export async function callersAccount(sts: STSClient, expected: string | undefined): Promise<string> {
  const account = await sts.send(new GetCallerIdentityCommand({})).then(
    (identity) => identity.Account ?? "",
    (error: unknown) => {
      throw refusal(error, untouched);
    },
  );
  if (expected !== undefined && account !== expected) {
    throw new Refusal(`the credentials are of account ${account}, accountId says ${expected}; ${untouched}`);
  }
  return account;
}

/** Looks for the bucket, and makes it where nobody has it. */
export async function findOrCreate(owned: OwnedBucket): Promise<"there" | "created"> {
  try {
    return (await isThere(owned)) ? "there" : await create(owned);
  } catch (error) {
    throw refusal(error, untouched);
  }
}

async function isThere({ s3, bucket, region, account }: OwnedBucket): Promise<boolean> {
  try {
    const { BucketRegion } = await s3.send(new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: account }));
    if (BucketRegion !== undefined && BucketRegion !== region) throw elsewhere(bucket, region);
    return true;
  } catch (error) {
    switch (statusOf(error)) {
      case 404:
        return false;
      case 403:
        throw foreign(bucket, account);
      case 301:
        throw elsewhere(bucket, region);
      default:
        throw error;
    }
  }
}

async function create({ s3, bucket, region, account }: OwnedBucket): Promise<"there" | "created"> {
  // us-east-1 is the default place and must not be named.
  const place =
    region === "us-east-1"
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
  try {
    await s3.send(new CreateBucketCommand({ Bucket: bucket, ObjectOwnership: "BucketOwnerEnforced", ...place }));
    return "created";
  } catch (error) {
    if (isCalled(error, "BucketAlreadyOwnedByYou")) return "there";
    if (isCalled(error, "BucketAlreadyExists")) throw foreign(bucket, account);
    throw error;
  }
}

const foreign = (bucket: string, account: string): Refusal =>
  new Refusal(
    `bucket ${bucket} belongs to someone else, or account ${account} may not see it; ${untouched}. ` +
      "Names of buckets are shared by all accounts: choose another one as state.bucket",
  );

const elsewhere = (bucket: string, region: string): Refusal =>
  new Refusal(`bucket ${bucket} is in another region than state.region, ${region}; ${untouched}`);

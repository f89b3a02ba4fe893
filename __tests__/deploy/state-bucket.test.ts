import {
  CreateBucketCommand,
  DeleteBucketLifecycleCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { stranger } from "../support/moto";
import { Workplace } from "../support/terraform";

const bucket = "example-pgpool-aurora-state";
const on = { Bucket: bucket };
const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/1b2c3d4e-5f60-4718-9a0b-c1d2e3f40516";

let place: Workplace;

beforeEach(async () => {
  place = await Workplace.open();
}, 60_000);

afterEach(() => Workplace.closeAll());

/** Everything that the bucket is asked for, in one object. */
async function properties() {
  const { s3 } = place.moto;
  const { Policy = "" } = await s3.send(new GetBucketPolicyCommand(on));
  return {
    versioning: (await s3.send(new GetBucketVersioningCommand(on))).Status,
    encryption: (await s3.send(new GetBucketEncryptionCommand(on))).ServerSideEncryptionConfiguration?.Rules,
    access: (await s3.send(new GetPublicAccessBlockCommand(on))).PublicAccessBlockConfiguration,
    owner: (await s3.send(new GetBucketOwnershipControlsCommand(on))).OwnershipControls?.Rules,
    policy: JSON.parse(Policy) as unknown,
    lifecycle: (await s3.send(new GetBucketLifecycleConfigurationCommand(on))).Rules,
  };
}

test("makes a versioned, encrypted, private bucket that answers over TLS only", async () => {
  const { code, output } = await place.stateBucket("production");
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("Created.") as string });
  expect(await properties()).toMatchObject({
    versioning: "Enabled",
    encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
    access: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    owner: [{ ObjectOwnership: "BucketOwnerEnforced" }],
    policy: {
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
    lifecycle: [
      {
        Status: "Enabled",
        NoncurrentVersionExpiration: { NoncurrentDays: 365 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
      {
        Status: "Enabled",
        Filter: { Prefix: "_plans/" },
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        Expiration: { Days: 7 },
      },
    ],
  });
}, 30_000);

test("changes nothing when it is run again", async () => {
  await place.stateBucket("production");
  const before = await properties();
  const { code, output } = await place.stateBucket("production");
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("nothing to change") as string });
  expect(await properties()).toEqual(before);
}, 30_000);

test("finishes a bucket that an interrupted run has left half done, and says what was missing", async () => {
  await place.stateBucket("production");
  const complete = await properties();
  await place.moto.s3.send(new DeleteBucketLifecycleCommand(on));
  expect(await place.stateBucket("production")).toMatchObject({
    code: 0,
    output: expect.stringContaining("now in line: lifecycle.") as string,
  });
  expect(await properties()).toEqual(complete);
}, 30_000);

test("keeps the other statements of a policy that is there already", async () => {
  await place.stateBucket("production");
  const own = {
    Sid: "Audit",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:ListBucket",
    Resource: `arn:aws:s3:::${bucket}`,
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [own] });
  await place.moto.s3.send(new PutBucketPolicyCommand({ ...on, Policy }));
  await place.stateBucket("production");
  expect(await properties()).toMatchObject({ policy: { Statement: [own, { Sid: "DenyWithoutTls" }] } });
}, 30_000);

test("encrypts with the key of the configuration when there is one", async () => {
  place.checkout.edit(
    "config/environments/production.ts",
    'region: "eu-west-1" },',
    `region: "eu-west-1", kmsKeyArn: "${keyArn}" },`,
  );
  await place.stateBucket("production");
  expect((await properties()).encryption).toEqual([
    {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyArn },
      BucketKeyEnabled: true,
    },
  ]);
}, 30_000);

test.each([
  ["us-east-1", "aws"],
  ["cn-north-1", "aws-cn"],
])(
  "makes the bucket in %s too, with ARNs of the partition %s",
  async (region, partition) => {
    place.checkout.edit("config/environments/existing-vpc.ts", "eu-west-1", region);
    expect(await place.stateBucket("existing-vpc")).toMatchObject({ code: 0 });
    const { Policy } = await place.moto.s3As(place.moto.keys, region).send(new GetBucketPolicyCommand(on));
    expect(Policy).toContain(`"arn:${partition}:s3:::${bucket}/*"`);
  },
  30_000,
);

describe("refuses in plain words, and changes nothing:", () => {
  test("a bucket that belongs to someone else", async () => {
    const theirs = place.moto.s3As(stranger);
    const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" } as const;
    await theirs.send(new CreateBucketCommand({ ...on, CreateBucketConfiguration }));
    const { code, output } = await place.stateBucket("production");
    expect(code).toBe(1);
    expect(output).toContain(`bucket ${bucket} belongs to someone else`);
    expect((await theirs.send(new GetBucketVersioningCommand(on))).Status).toBeUndefined();
  }, 30_000);

  test.each([
    ["credentials of another account", stranger, "of account 123456789012, accountId says 111122223333"],
    ["no credentials", { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }, "no AWS credentials"],
    ["an AWS that cannot be reached", { AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, "AWS cannot be reached"],
  ])(
    "%s",
    async (_, env, message) => {
      const { code, output } = await place.stateBucket("production", env);
      expect(code).toBe(1);
      expect(output).toContain(message);
      expect(output).not.toMatch(/^ +at /m);
      expect((await place.moto.s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
    },
    30_000,
  );
});

test("has nothing to do for an environment that keeps its state on this machine", async () => {
  const { code, output } = await place.stateBucket("example");
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("needs no bucket") as string });
}, 30_000);

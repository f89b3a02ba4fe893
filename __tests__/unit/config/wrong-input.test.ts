import { refuses } from "../../support/wrong-input";

const bucket = { kind: "s3", bucket: "team-state", region: "eu-west-1" };
const key = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000";
const generalRemedy = "change it to an allowed value";

describe("a name that no setting has", () => {
  refuses([
    {
      what: "an unknown setting, naming all that there are",
      change: { colour: "green" },
      path: "colour",
      got: "green",
      allowed: "region, accountId, owner, tags, deletionProtection, logRetentionDays, state, network, database, pgpool",
      remedy: "remove it: there is no such setting",
    },
    {
      what: "a slip of the keyboard, naming the setting that was meant",
      change: { databse: {} },
      path: "databse",
      got: {},
      allowed: "database",
      remedy: "did you mean database?",
    },
    {
      what: "half a name, naming the whole one",
      change: { pgpool: { drainTimeout: 60 } },
      path: "pgpool.drainTimeout",
      got: 60,
      allowed: "instanceType, diskSizeGiB, minCapacity",
      remedy: "did you mean drainTimeoutSeconds?",
    },
    {
      what: "an unknown setting in a group within a group",
      change: { database: { awsBackup: { copyTo: { region: "eu-central-1", vault: "v" } } } },
      path: "database.awsBackup.copyTo.vault",
      got: "v",
      allowed: "region, retentionDays",
      remedy: "remove it",
    },
    {
      what: "a setting of another kind, saying whose it is",
      change: { state: { kind: "local", bucket: "b" } },
      path: "state.bucket",
      got: "b",
      allowed: "kind",
      remedy: 'remove it: it is a setting of state.kind "s3"',
    },
  ]);
});

describe("a value of the wrong type", () => {
  refuses([
    {
      what: "a number in quotes",
      change: { pgpool: { minCapacity: "2" } },
      path: "pgpool.minCapacity",
      got: "2",
      allowed: "a whole number from 1 to 100",
      remedy: "write 2 without quotes",
    },
    {
      what: "a switch in quotes",
      change: { deletionProtection: "false" },
      path: "deletionProtection",
      got: "false",
      allowed: "true, false",
      remedy: "write false without quotes",
    },
    {
      what: "a text that is a number",
      change: { accountId: 111122223333 },
      path: "accountId",
      got: 111122223333,
      allowed: "12 digits",
      remedy: 'write it in quotes: "111122223333"',
    },
    {
      what: "one address where a list belongs",
      change: { alarms: { emails: "team@example.com" } },
      path: "alarms.emails",
      got: "team@example.com",
      allowed: "e-mail addresses",
      remedy: "write a list: [ … ]",
    },
    {
      what: "a fraction",
      change: { database: { replicaCount: 1.5 } },
      path: "database.replicaCount",
      got: 1.5,
      allowed: "a whole number from 0 to 15",
      remedy: generalRemedy,
    },
  ]);
});

describe("the settings at the top", () => {
  refuses([
    {
      what: "no region",
      change: { region: undefined },
      path: "region",
      got: undefined,
      allowed: "a region's name such as eu-west-1",
      remedy: "add it: it has no default",
    },
    {
      what: "a region of a partition that is not known",
      change: { region: "us-iso-east-1" },
      path: "region",
      got: "us-iso-east-1",
      allowed: "cn-north-1 or us-gov-west-1",
      remedy: generalRemedy,
    },
    {
      what: "an account id of 11 digits",
      change: { accountId: "11112222333" },
      path: "accountId",
      got: "11112222333",
      allowed: "12 digits",
      remedy: generalRemedy,
    },
    {
      what: "a blank owner",
      change: { owner: " " },
      path: "owner",
      got: " ",
      allowed: "1 to 256 letters",
      remedy: generalRemedy,
    },
    {
      what: "a retention that CloudWatch Logs does not have",
      change: { logRetentionDays: 31 },
      path: "logRetentionDays",
      got: 31,
      allowed: "one of 1, 3, 5, 7, 14, 30, 60",
      remedy: generalRemedy,
    },
    {
      what: "a tag that the stacks set",
      change: { tags: { owner: "me" } },
      path: "tags.owner",
      got: "me",
      allowed: "not Project, Environment, Stack, Owner",
      remedy: "rename, rewrite or remove it",
    },
    {
      what: "a tag of AWS itself",
      change: { tags: { "AWS:cost": "1" } },
      path: "tags.AWS:cost",
      got: "1",
      allowed: "not aws:…",
      remedy: "rename, rewrite or remove it",
    },
    {
      what: "a tag with characters that IAM does not take",
      change: { tags: { CostCenter: "4711 <north>" } },
      path: "tags.CostCenter",
      got: "4711 <north>",
      allowed: "letters, digits, spaces or _.:/=+-@",
      remedy: "rename, rewrite or remove it",
    },
    {
      what: "tags that IAM takes for one",
      change: { tags: { Team: "a", team: "b" } },
      path: "tags",
      got: ["Team", "team"],
      allowed: "differ in more than upper and lower case",
      remedy: "keep one of them",
    },
    {
      what: "41 tags",
      change: { tags: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`Tag${index}`, ""])) },
      path: "tags",
      got: 41,
      allowed: "at most 40 tags",
      remedy: "remove some",
    },
    {
      what: "something that is no e-mail address",
      change: { alarms: { emails: ["team@example.com", "team"] } },
      path: "alarms.emails.1",
      got: "team",
      allowed: "e-mail addresses",
      remedy: generalRemedy,
    },
    {
      what: "the same address twice",
      change: { alarms: { emails: ["team@example.com", "team@example.com"] } },
      path: "alarms.emails",
      got: "team@example.com",
      allowed: "each once",
      remedy: "name team@example.com once",
    },
  ]);
});

describe("the state", () => {
  refuses([
    {
      what: "an unknown kind",
      change: { state: { kind: "S3", bucket: "team-state", region: "eu-west-1" } },
      path: "state.kind",
      got: "S3",
      allowed: '"local", "s3"',
      remedy: 'did you mean "s3"?',
    },
    {
      what: "no bucket",
      change: { state: { kind: "s3", region: "eu-west-1" } },
      path: "state.bucket",
      got: undefined,
      allowed: "3 to 63 lower-case letters",
      remedy: "add it: it has no default",
    },
    ...["Team-State", "team_state", "ab", "team..state", "-team", "192.0.2.1"].map((name) => ({
      what: `"${name}" as a bucket`,
      change: { state: { ...bucket, bucket: name } },
      path: "state.bucket",
      got: name,
      allowed: "3 to 63 lower-case letters, digits, dots or hyphens, not like an IP address",
      remedy: generalRemedy,
    })),
    {
      what: "a key of another region",
      change: { state: { ...bucket, kmsKeyArn: key.replace("eu-west-1", "eu-central-1") } },
      path: "state.kmsKeyArn",
      got: key.replace("eu-west-1", "eu-central-1"),
      allowed: "a key of the bucket's region, eu-west-1, in aws",
      remedy: "S3 uses keys of its own region only",
    },
    {
      what: "an alias instead of a key",
      change: { state: { ...bucket, kmsKeyArn: "alias/state" } },
      path: "state.kmsKeyArn",
      got: "alias/state",
      allowed: "the ARN of a KMS key",
      remedy: generalRemedy,
    },
    {
      what: "a bucket in another partition",
      change: { state: { ...bucket, region: "cn-north-1" } },
      path: "state.region",
      got: "cn-north-1",
      allowed: "a region of the partition aws",
      remedy: "keep the state where the same credentials are valid",
    },
  ]);
});

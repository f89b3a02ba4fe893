import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { environmentWith } from "../../support/environments";
import { stacksOf } from "../../support/stacks";
import type { Synthesized } from "../../support/synthesized";

const account = "111122223333";
const { network, database, pgpool } = stacksOf(
  environmentWith({ accountId: account, database: { awsBackup: { copyTo: { region: "eu-central-1" } } } }),
);

interface Statement {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly condition?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

/** Every statement of a policy as one line: who may do what, on what, on which condition. */
function lines(stack: Synthesized | undefined, document: string): string[] {
  const { statement } = stack?.onlyData(DataAwsIamPolicyDocument, document) as { readonly statement: Statement[] };
  return statement.map(({ sid, actions, resources = [], principals = [], condition = [] }) =>
    [
      sid ?? "Trust",
      principals.flatMap(({ identifiers }) => identifiers).join(" "),
      actions.join(" "),
      resources.join(" "),
      condition.map(({ test, variable, values }) => `${variable} ${test} ${values.join(" ")}`).join(", "),
    ].join(" | "),
  );
}

const fromDatabase = (output: string) => `\${data.terraform_remote_state.database-state.outputs.${output}}`;
const root = `arn:aws:iam::${account}:root`;
const byUs = `kms:CallerAccount StringEquals ${account}`;
const use = "kms:Encrypt kms:Decrypt kms:ReEncrypt* kms:GenerateDataKey* kms:DescribeKey";
const logGroup = (name: string) =>
  `kms:EncryptionContext:aws:logs:arn ArnEquals arn:aws:logs:eu-west-1:${account}:log-group:${name}`;

test("a node may read one secret, write one log group and one namespace, look after its group, and be managed", () => {
  expect(lines(pgpool, "nodes_role_policy")).toEqual([
    `ReadSecret |  | secretsmanager:GetSecretValue secretsmanager:DescribeSecret | ${fromDatabase("health_secret_arn")} | `,
    `DecryptSecret |  | kms:Decrypt | ${fromDatabase("key_arn")} | kms:ViaService StringEquals secretsmanager.eu-west-1.amazonaws.com`,
    expect.stringMatching(
      /^WriteLogs \| {2}\| logs:CreateLogStream logs:DescribeLogStreams logs:PutLogEvents \| \$\{(aws_cloudwatch_log_group\.\S+)\.arn\} \$\{\1\.arn\}:\* \| $/,
    ),
    "WriteMetrics |  | cloudwatch:PutMetricData | * | cloudwatch:namespace StringEquals pgpool-aurora/test",
    "ManageOwnGroup |  | autoscaling:CompleteLifecycleAction autoscaling:RecordLifecycleActionHeartbeat " +
      `autoscaling:SetInstanceHealth | arn:aws:autoscaling:eu-west-1:${account}:autoScalingGroup:*:autoScalingGroupName/test-pgpool | `,
    expect.stringMatching(
      /^SessionManager \| {2}\| ssm:UpdateInstanceInformation .*ssmmessages:OpenDataChannel .* \| \* \| ec2:SourceInstanceARN ArnLike arn:aws:ec2:eu-west-1:111122223333:instance\/\*$/,
    ),
  ]);
});

test.each([
  ["under AWS's own key", undefined],
  ["under a key of its own", "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-00000000000a"],
])("a node that shows the certificate of a secret may read that one too, %s", (_, keyArn) => {
  const secretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:certificate-AbCdEf";
  const certificate = { kind: "secret", secretArn, keyArn } as const;
  const stack = stacksOf(environmentWith({ accountId: account, pgpool: { certificate } })).pgpool;
  const more = lines(stack, "nodes_role_policy").filter((line) => !lines(pgpool, "nodes_role_policy").includes(line));
  const decrypt = "kms:ViaService StringEquals secretsmanager.eu-west-1.amazonaws.com";
  expect(more).toEqual([
    `ReadCertificate |  | secretsmanager:GetSecretValue secretsmanager:DescribeSecret | ${secretArn} | `,
    ...(keyArn === undefined ? [] : [`DecryptCertificate |  | kms:Decrypt | ${keyArn} | ${decrypt}`]),
  ]);
  expect(stack.text).toContain(`\\"certificate\\" = {\\"kind\\" = \\"secret\\", \\"secretArn\\" = \\"${secretArn}\\"}`);
});

test("the key of the nodes is for their log group and for volumes that their scaling group attaches", () => {
  const role = expect.stringMatching(/^\w+ \| \$\{aws_iam_service_linked_role\.\S+\.arn\} \| /) as string;
  expect(lines(pgpool, "nodes_key_policy")).toEqual([
    expect.stringMatching(new RegExp(`^Administer \\| ${root} \\| .* \\| \\* \\| ${byUs}$`)),
    `EncryptLogGroup | logs.eu-west-1.amazonaws.com | ${use} | * | ${logGroup("/pgpool-aurora/test/nodes")}`,
    role,
    role,
  ]);
  const [, , volumes, grants] = lines(pgpool, "nodes_key_policy");
  expect(volumes).toMatch(new RegExp(`${byUs}$`));
  expect(grants).toMatch(/kms:CreateGrant \| \* \| kms:GrantIsForAWSResource Bool true$/);
});

test("the key of the database is used through RDS, Secrets Manager and AWS Backup only", () => {
  const hosts = ["rds", "secretsmanager", "backup"].map((service) => `${service}.eu-west-1.amazonaws.com`).join(" ");
  expect(lines(database, "database-key_policy").slice(1)).toEqual([
    `UseThroughServices | ${root} | ${use} kms:CreateGrant | * | ${byUs}, kms:ViaService StringEquals ${hosts}`,
    `EncryptLogGroup | logs.eu-west-1.amazonaws.com | ${use} | * | ${logGroup("/aws/rds/cluster/test-pgpool/postgresql")}`,
  ]);
});

test("nobody administers a key who can use it, and those who administer it cannot use it", () => {
  const [administer = ""] = lines(database, "database-key_policy");
  expect(administer).toContain("kms:PutKeyPolicy");
  for (const action of ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:CreateGrant"]) {
    expect(administer).not.toContain(action);
  }
});

test("the key of the copies is used through services of the second region", () => {
  expect(lines(database, "backup_copy-key_policy")[1]).toContain(
    "kms:ViaService StringEquals backup.eu-central-1.amazonaws.com rds.eu-central-1.amazonaws.com",
  );
});

test("CloudWatch and RDS events, for this account, may publish alarms under the topic's key", () => {
  const ours = `aws:SourceAccount StringEquals ${account}`;
  const publishers = "cloudwatch.amazonaws.com events.rds.amazonaws.com";
  expect(lines(database, "alarm-topic_policy")).toEqual([
    expect.stringMatching(
      new RegExp(`^Publish \\| ${publishers} \\| sns:Publish \\| \\$\\{aws_sns_topic\\.\\S+\\} \\| ${ours}$`),
    ),
  ]);
  expect(lines(database, "alarm-key_policy")[1]).toBe(
    `PublishEncrypted | ${publishers} | kms:Decrypt kms:GenerateDataKey* | * | ${ours}`,
  );
});

test.each([
  ["the nodes' role", pgpool, "nodes_role_trust", "ec2.amazonaws.com", ""],
  ["Enhanced Monitoring", database, "monitoring-role_trust", "monitoring.rds.amazonaws.com", account],
  ["AWS Backup", database, "backup_role_trust", "backup.amazonaws.com", ""],
  ["flow logs", network, "flow-logs_role_trust", "vpc-flow-logs.amazonaws.com", account],
])("%s is assumed by its service only", (_, stack, document, service, source) => {
  const condition = source === "" ? "" : `aws:SourceAccount StringEquals ${source}`;
  expect(lines(stack, document)).toEqual([`Trust | ${service} | sts:AssumeRole |  | ${condition}`]);
});

test("policies that AWS keeps are those of its own two services", () => {
  const arns = database.all(IamRolePolicyAttachment).map((attachment) => attachment.policy_arn);
  expect(arns.sort()).toEqual(
    ["AWSBackupServiceRolePolicyForBackup", "AmazonRDSEnhancedMonitoringRole"].map(
      (policy) => `arn:aws:iam::aws:policy/service-role/${policy}`,
    ),
  );
  expect(pgpool.all(IamRolePolicyAttachment)).toEqual([]);
});

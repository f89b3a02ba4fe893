import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { EnvironmentInput } from "../../../config/schema/environment";
import { environmentWith, existingNetwork, newNetwork } from "../../support/environments";
import { stacksOf } from "../../support/stacks";

const databaseWith = (database: NonNullable<EnvironmentInput["database"]> = {}, more: Partial<EnvironmentInput> = {}) =>
  stacksOf(environmentWith({ database, ...more })).database;

/** `name → value` of the cluster parameter group. */
const parameters = (database: EnvironmentInput["database"] = {}) => {
  const { parameter } = databaseWith(database).only(RdsClusterParameterGroup);
  return Object.fromEntries((parameter as { name: string; value: string }[]).map(({ name, value }) => [name, value]));
};

test("RDS makes the master password in Secrets Manager, under the cluster's own key", () => {
  const cluster = databaseWith().only(RdsCluster);
  expect(cluster).toMatchObject({ manage_master_user_password: true, storage_encrypted: true });
  expect(cluster.master_user_secret_kms_key_id).toBe(cluster.kms_key_id);
  expect(cluster).not.toHaveProperty("master_password");
});

test("TLS is forced and passwords are SCRAM", () => {
  expect(parameters()).toMatchObject({
    "rds.force_ssl": "1",
    password_encryption: "scram-sha-256",
    "rds.accepted_password_auth_method": "scram",
  });
});

test("pgaudit is loaded on request only", () => {
  expect(parameters().shared_preload_libraries).toBe("pg_stat_statements");
  expect(parameters({ pgaudit: ["ddl", "role"] })).toMatchObject({
    shared_preload_libraries: "pg_stat_statements,pgaudit",
    "pgaudit.log": "ddl,role",
  });
});

test("more parameters reach the cluster's group", () => {
  expect(parameters({ parameters: { work_mem: { value: "65536", apply: "immediate" } } })).toMatchObject({
    work_mem: "65536",
  });
});

test("a major version decides the family of both parameter groups, and their names", () => {
  const stack = databaseWith({ engineVersion: "16.9" });
  expect(stack.only(RdsClusterParameterGroup)).toMatchObject({
    family: "aurora-postgresql16",
    name: "test-pgpool-aurora-postgresql16",
  });
  expect(stack.only(DbParameterGroup)).toMatchObject({ family: "aurora-postgresql16" });
});

test.each([
  ["17", true],
  ["17.5", false],
])("version %s: AWS applies minor versions: %s", (engineVersion, automatic) => {
  const stack = databaseWith({ engineVersion });
  expect(stack.only(RdsCluster)).toMatchObject({ engine_version: engineVersion });
  for (const instance of stack.all(RdsClusterInstance)) {
    expect(instance).toMatchObject({ auto_minor_version_upgrade: automatic });
  }
});

test("instances are spread over the zones and promoted in their order", () => {
  const instances = databaseWith({ replicaCount: 3 }).all(RdsClusterInstance);
  expect(instances.map((instance) => [instance.availability_zone, instance.promotion_tier])).toEqual([
    ["eu-west-1a", 0],
    ["eu-west-1b", 1],
    ["eu-west-1a", 2],
    ["eu-west-1b", 3],
  ]);
});

test("a fourth zone is for nodes only, because Aurora keeps its storage in three", () => {
  const zones = ["a", "b", "c", "d"].map((letter) => `eu-west-1${letter}`);
  const stack = databaseWith({ replicaCount: 3 }, { network: { ...newNetwork, zones } });
  expect(stack.only(RdsCluster)).toMatchObject({ availability_zones: zones.slice(0, 3) });
  expect(stack.all(RdsClusterInstance)[3]).toMatchObject({ availability_zone: "eu-west-1a" });
});

test("readers wait for the first instance, which so becomes the writer", () => {
  const [writer, reader] = databaseWith().all(RdsClusterInstance);
  expect(writer?.depends_on).toEqual([]);
  expect(reader?.depends_on).toEqual([expect.stringMatching(/^aws_rds_cluster_instance\.aurora_instance-1_/)]);
});

test("zones of an existing VPC are those of its subnets", () => {
  const pgpool: EnvironmentInput["pgpool"] = { exposure: { kind: "private", allowedCidrs: ["10.0.0.0/16"] } };
  const stack = databaseWith({}, { network: existingNetwork, pgpool });
  expect(stack.allData(DataAwsSubnet).map((subnet) => subnet.id)).toEqual(existingNetwork.isolatedSubnetIds);
});

test("Serverless v2 has its limits on the cluster and its own instance class", () => {
  const stack = databaseWith({ capacity: { kind: "serverless", minAcu: 1.5, maxAcu: 32 } });
  expect(stack.only(RdsCluster)).toMatchObject({
    serverlessv2_scaling_configuration: { min_capacity: 1.5, max_capacity: 32 },
  });
  expect(stack.all(RdsClusterInstance).map((instance) => instance.instance_class)).toEqual([
    "db.serverless",
    "db.serverless",
  ]);
});

test("backups are kept seven days, from 03:00 to 04:00, unless said otherwise", () => {
  expect(databaseWith().only(RdsCluster)).toMatchObject({
    backup_retention_period: 7,
    preferred_backup_window: "03:00-04:00",
    copy_tags_to_snapshot: true,
  });
  expect(databaseWith({ backupRetentionDays: 21, backupWindow: "22:10-23:00" }).only(RdsCluster)).toMatchObject({
    backup_retention_period: 21,
    preferred_backup_window: "22:10-23:00",
  });
});

test("the final snapshot is always made, under a name that no earlier one has", () => {
  const cluster = databaseWith().only(RdsCluster);
  expect(cluster.skip_final_snapshot).toBe(false);
  expect(cluster.final_snapshot_identifier).toMatch(/^test-pgpool-final-\$\{random_id\.[\w-]+\.hex\}$/);
});

test.each([true, false])("deletion protection %s holds for AWS and for Terraform", (deletionProtection) => {
  const stack = databaseWith({}, { deletionProtection });
  expect(stack.only(RdsCluster)).toMatchObject({
    deletion_protection: deletionProtection,
    lifecycle: { prevent_destroy: deletionProtection },
  });
  for (const key of stack.all(KmsKey))
    expect(key).toMatchObject({ lifecycle: { prevent_destroy: deletionProtection } });
});

test("the PostgreSQL log goes to a log group of ours, with an end and a key", () => {
  const stack = databaseWith({}, { logRetentionDays: 731 });
  expect(stack.only(RdsCluster)).toMatchObject({ enabled_cloudwatch_logs_exports: ["postgresql"] });
  expect(stack.only(CloudwatchLogGroup)).toMatchObject({
    name: "/aws/rds/cluster/test-pgpool/postgresql",
    retention_in_days: 731,
    kms_key_id: stack.only(RdsCluster).kms_key_id,
  });
});

test("monitoring is on until it is switched off by name", () => {
  const [instance] = databaseWith().all(RdsClusterInstance);
  expect(instance).toMatchObject({
    performance_insights_enabled: true,
    performance_insights_retention_period: 7,
    monitoring_interval: 60,
  });
  const off = databaseWith({ performanceInsights: "off", enhancedMonitoring: "off" });
  expect(off.all(RdsClusterInstance)[0]).toMatchObject({ performance_insights_enabled: false, monitoring_interval: 0 });
  expect(off.all(IamRole)).toEqual([]);
});

test.each([true, false])("IAM authentication %s is what was asked for", (iamAuthentication) => {
  expect(databaseWith({ iamAuthentication }).only(RdsCluster)).toMatchObject({
    iam_database_authentication_enabled: iamAuthentication,
  });
});

test("readers scale between the kept ones and the most", () => {
  const stack = databaseWith({ replicaCount: 2, readerAutoscaling: { maxReaders: 6, targetCpuPercent: 55 } });
  expect(stack.only(AppautoscalingTarget)).toMatchObject({ min_capacity: 2, max_capacity: 6 });
  expect(stack.only(AppautoscalingPolicy)).toMatchObject({
    target_tracking_scaling_policy_configuration: { target_value: 55 },
  });
  expect(databaseWith().all(AppautoscalingTarget)).toEqual([]);
});

test("AWS Backup copies to a second region, under a key there", () => {
  const stack = databaseWith({
    awsBackup: { retentionDays: 14, copyTo: { region: "eu-central-1", retentionDays: 60 } },
  });
  const copy = stack.named(BackupVault, "copy-vault");
  expect(copy).toMatchObject({ region: "eu-central-1" });
  expect(stack.named(KmsKey, "copy-key")).toMatchObject({ region: "eu-central-1" });
  expect(stack.only(BackupPlan)).toMatchObject({
    rule: [{ lifecycle: { delete_after: 14 }, copy_action: [{ lifecycle: { delete_after: 60 } }] }],
  });
  expect(databaseWith().all(BackupPlan)).toEqual([]);
});

test("events of the cluster and its instances go to the alarm topic", () => {
  const subscriptions = databaseWith().all(DbEventSubscription);
  expect(subscriptions.map((subscription) => subscription.source_type)).toEqual(["db-cluster", "db-instance"]);
  expect(subscriptions[0]?.event_categories).toContain("failover");
  expect(subscriptions.map((subscription) => (subscription.source_ids as string[]).length)).toEqual([1, 2]);
  expect(subscriptions.map((subscription) => subscription.name)).toEqual([
    "test-pgpool-cluster",
    "test-pgpool-instances",
  ]);
  for (const { sns_topic: topic } of subscriptions) expect(topic).toMatch(/^\$\{aws_sns_topic\.alarm-topic_/);
});

test("every address gets the alarms", () => {
  const stack = databaseWith({}, { alarms: { emails: ["a@example.com", "b@example.com"] } });
  expect(stack.all(SnsTopicSubscription).map((subscription) => subscription.endpoint)).toEqual([
    "a@example.com",
    "b@example.com",
  ]);
});

test.each([
  ["database-cpu", "CPUUtilization", "Maximum", "GreaterThanThreshold", 71, 10],
  ["database-connections", "DatabaseConnections", "Maximum", "GreaterThanThreshold", 222, 5],
  ["replica-lag", "AuroraReplicaLagMaximum", "Maximum", "GreaterThanThreshold", 333, 5],
  ["failover", "EngineUptime", "Minimum", "LessThanThreshold", 300, 1],
])("raises %s", (id, metric, statistic, comparison, threshold, minutes) => {
  const alarms = { databaseCpuPercent: 71, databaseConnections: 222, replicaLagMs: 333 };
  expect(databaseWith({}, { alarms }).named(CloudwatchMetricAlarm, id)).toMatchObject({
    alarm_name: `test-pgpool-${id}`,
    namespace: "AWS/RDS",
    metric_name: metric,
    statistic,
    comparison_operator: comparison,
    threshold,
    evaluation_periods: minutes,
    period: 60,
    dimensions: {
      DBClusterIdentifier: expect.stringMatching(/cluster_identifier\}$/) as string,
      // Only the writer's uptime says that there was a failover.
      ...(id === "failover" ? { Role: "WRITER" } : {}),
    },
  });
});

test("without readers nobody is told of their lag", () => {
  const names = databaseWith({ replicaCount: 0 })
    .all(CloudwatchMetricAlarm)
    .map((alarm) => alarm.alarm_name);
  expect(names).not.toContain("test-pgpool-replica-lag");
});

describe("the health user", () => {
  const capacity = { kind: "provisioned", instanceClass: "db.r7g.large" } as const;
  const dedicated = { capacity, healthUser: { kind: "dedicated" } } as const;

  test("is the master user unless told otherwise: no second secret, and no Data API", () => {
    const stack = databaseWith();
    expect(stack.all(SecretsmanagerSecret)).toEqual([]);
    expect(stack.only(RdsCluster)).not.toHaveProperty("enable_http_endpoint");
    expect(stack.outputs.health_secret_arn).toBe(stack.outputs.secret_arn);
  });

  test("that is dedicated has a secret of its own, under the cluster's key, and the Data API to be made with", () => {
    const stack = databaseWith(dedicated);
    const cluster = stack.only(RdsCluster);
    expect(cluster.enable_http_endpoint).toBe(true);
    expect(stack.only(SecretsmanagerSecret)).toMatchObject({
      name: "test-pgpool-health-user",
      kms_key_id: cluster.kms_key_id,
      recovery_window_in_days: 30,
    });
    expect(stack.outputs.health_secret_arn).toMatch(/^\$\{aws_secretsmanager_secret\./);
    expect(stack.outputs.secret_arn).toMatch(/^\$\{aws_rds_cluster\./);
    expect(stack.text).not.toContain("aws_secretsmanager_secret_version");
  });

  test("leaves the name of its secret free at once where nothing is protected", () => {
    const stack = databaseWith(dedicated, { deletionProtection: false });
    expect(stack.only(SecretsmanagerSecret).recovery_window_in_days).toBe(0);
  });
});

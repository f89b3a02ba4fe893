import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import type { Construct } from "constructs";
import { arn, partitionOf } from "../config/partition";
import type { Environment } from "../config/schema/environment";
import { AuroraCluster } from "../constructs/database/aurora-cluster";
import { BackupPlan } from "../constructs/database/backup-plan";
import { EventNotices } from "../constructs/database/event-notices";
import { Parameters } from "../constructs/database/parameters";
import { ReaderScaling } from "../constructs/database/reader-scaling";
import { ServiceRole } from "../constructs/iam/service-role";
import { AlarmTable } from "../constructs/monitoring/alarm-table";
import { AlarmTopic } from "../constructs/monitoring/alarm-topic";
import { EncryptionKey } from "../constructs/security/encryption-key";
import { administer, encryptLogGroup, publishEncrypted, useThroughServices } from "../constructs/security/key-uses";
import { databaseContract } from "../contracts/database";
import { databaseAlarms } from "./database-alarms";
import { EnvironmentStack } from "./environment-stack";
import { databaseZones, networkValues } from "./network-source";

/** The Aurora PostgreSQL cluster, its secret and key, its backups, and the topic of all alarms. */
export class DatabaseStack extends EnvironmentStack {
  private readonly identifier = this.named("db-identifier");

  constructor(scope: Construct, environment: Environment) {
    super(scope, databaseContract.producer, environment);
    new RandomProvider(this, "random");
    const network = networkValues(this, environment);
    const key = this.addDatabaseKey();
    const topic = this.addAlarmTopic();
    const securityGroup = new SecurityGroup(this, "security-group", {
      vpcId: network.vpcId,
      name: this.named("security-group", "database"),
      description: "Aurora: who may connect is for the stack of the client to say",
      tags: { Name: this.named("security-group", "database") },
    });
    const { cluster, instanceIdentifiers } = this.addCluster(network.isolatedSubnetIds, securityGroup.id, key.arn);

    this.addReaderScaling(cluster.clusterIdentifier);
    this.addBackupPlan(cluster.arn, key.arn);
    new EventNotices(this, "events", {
      name: this.identifier,
      topicArn: topic.arn,
      clusterIdentifier: cluster.clusterIdentifier,
      instanceIdentifiers,
    });
    new AlarmTable(this, "alarms", {
      prefix: this.identifier,
      namespace: "AWS/RDS",
      dimensions: { DBClusterIdentifier: cluster.clusterIdentifier },
      topicArn: topic.arn,
      rows: databaseAlarms(environment),
    });
    databaseContract.publish(this, {
      clusterEndpoint: cluster.endpoint,
      readerEndpoint: cluster.readerEndpoint,
      secretArn: cluster.masterUserSecret.get(0).secretArn,
      keyArn: key.arn,
      securityGroupId: securityGroup.id,
      alarmTopicArn: topic.arn,
    });
  }

  private addDatabaseKey(): EncryptionKey {
    const backups = this.environment.database.awsBackup === undefined ? [] : ["backup"];
    const logGroup = `log-group:/aws/rds/cluster/${this.identifier}/postgresql`;
    return new EncryptionKey(this, "key", {
      alias: this.named("kms-alias", "database"),
      description: "Aurora cluster: storage, master secret, Performance Insights, PostgreSQL log",
      deletionProtected: this.environment.deletionProtection,
      statements: [
        administer(this.rootArn, this.account),
        useThroughServices(
          this.rootArn,
          this.account,
          ["rds", "secretsmanager", ...backups].map((service) => this.viaService(service)),
        ),
        encryptLogGroup(this.principal("logs"), [this.arn("logs", logGroup)]),
      ],
    });
  }

  private addAlarmTopic(): AlarmTopic {
    const publishers = [this.principal("cloudwatch"), this.principal("events.rds")];
    const key = new EncryptionKey(this, "alarm-key", {
      alias: this.named("kms-alias", "alarms"),
      description: "Topic of all alarms",
      deletionProtected: this.environment.deletionProtection,
      statements: [administer(this.rootArn, this.account), publishEncrypted(publishers, this.account)],
    });
    return new AlarmTopic(this, "alarm-topic", {
      name: this.named("sns-topic", "alarms"),
      keyArn: key.arn,
      account: this.account,
      publishers,
      emails: this.environment.alarms.emails,
    });
  }

  private addCluster(subnetIds: string[], securityGroupId: string, keyArn: string): AuroraCluster {
    const { database, logRetentionDays, deletionProtection } = this.environment;
    const { engineVersion, slowStatementMs, pgaudit, parameters } = database;
    return new AuroraCluster(this, "aurora", {
      identifier: this.identifier,
      settings: database,
      subnetIds,
      zones: databaseZones(this, this.environment),
      securityGroupId,
      keyArn,
      parameters: new Parameters(this, "parameters", {
        name: this.identifier,
        major: engineVersion.split(".")[0] ?? engineVersion,
        slowStatementMs,
        pgaudit,
        more: parameters,
      }),
      monitoringRoleArn: database.enhancedMonitoring === "off" ? undefined : this.addMonitoringRole().arn,
      logRetentionDays,
      deletionProtected: deletionProtection,
    });
  }

  private addMonitoringRole(): ServiceRole {
    return this.addManagedRole(
      "monitoring",
      "Lets Enhanced Monitoring write its samples",
      "AmazonRDSEnhancedMonitoringRole",
      "monitoring.rds",
    );
  }

  private addReaderScaling(clusterIdentifier: string): void {
    const { replicaCount, readerAutoscaling } = this.environment.database;
    if (readerAutoscaling === undefined) return;
    const name = `${this.identifier}-readers`;
    new ReaderScaling(this, "reader-scaling", {
      name,
      clusterIdentifier,
      minReaders: replicaCount,
      ...readerAutoscaling,
    });
  }

  private addBackupPlan(clusterArn: string, keyArn: string): void {
    const settings = this.environment.database.awsBackup;
    if (settings === undefined) return;
    const role = this.addManagedRole(
      "backup",
      "Lets AWS Backup copy the cluster",
      "AWSBackupServiceRolePolicyForBackup",
      "backup",
    );
    new BackupPlan(this, "backup", {
      name: this.named("backup-vault"),
      keyArn,
      roleArn: role.arn,
      clusterArn,
      schedule: settings.schedule,
      retentionDays: settings.retentionDays,
      copy:
        settings.copyTo === undefined
          ? undefined
          : { ...settings.copyTo, keyArn: this.addCopyKey(settings.copyTo.region).arn },
    });
  }

  private addCopyKey(region: string): EncryptionKey {
    const hosts = ["backup", "rds"].map((service) => `${service}.${region}.${partitionOf(region).dnsSuffix}`);
    return new EncryptionKey(this, "copy-key", {
      alias: this.named("kms-alias", "backup-copies"),
      description: "Copies of the cluster's backups",
      region,
      deletionProtected: this.environment.deletionProtection,
      statements: [administer(this.rootArn, this.account), useThroughServices(this.rootArn, this.account, hosts)],
    });
  }

  /** A role whose permissions AWS keeps: those of its own services, for which it documents no smaller set. */
  private addManagedRole(part: string, description: string, policy: string, service: string): ServiceRole {
    return new ServiceRole(this, `${part}-role`, {
      name: this.named("iam-role", part),
      description,
      service: this.principal(service),
      sourceAccount: this.account,
      managedPolicyArn: arn(this.environment.region, "iam", "aws", `policy/service-role/${policy}`),
    });
  }
}

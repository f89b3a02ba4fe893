import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import type { Construct } from "constructs";
import { clusterIdentifier, healthSecretName } from "../config/naming";
import type { Environment } from "../config/schema/environment";
import { AuroraCluster, postgresqlLogGroup } from "../constructs/database/aurora-cluster";
import { EventNotices } from "../constructs/database/event-notices";
import { HealthSecret } from "../constructs/database/health-secret";
import { Parameters } from "../constructs/database/parameters";
import { ReaderScaling } from "../constructs/database/reader-scaling";
import { ServiceRole } from "../constructs/iam/service-role";
import { AlarmTable } from "../constructs/monitoring/alarm-table";
import { AlarmTopic } from "../constructs/monitoring/alarm-topic";
import { EncryptionKey } from "../constructs/security/encryption-key";
import { administer, encryptLogGroup, publishEncrypted, useThroughServices } from "../constructs/security/key-uses";
import { databaseContract } from "../contracts/database";
import { databaseAlarms } from "./database-alarms";
import { DatabaseBackup } from "./database-backup";
import { EnvironmentStack } from "./environment-stack";
import { databaseZones, networkValues } from "./network-source";

/** The Aurora PostgreSQL cluster, its secret and key, its backups, and the topic of all alarms. */
export class DatabaseStack extends EnvironmentStack {
  private readonly identifier = clusterIdentifier(this.environment.name);

  constructor(scope: Construct, environment: Environment) {
    super(scope, databaseContract.producer, environment);
    new RandomProvider(this, "random");
    const { database } = environment;
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
    this.addBackup(cluster.arn, key.arn);
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
    const secretArn = cluster.masterUserSecret.get(0).secretArn;
    databaseContract.publish(this, {
      clusterEndpoint: cluster.endpoint,
      readerEndpoint: cluster.readerEndpoint,
      secretArn,
      healthSecretArn: database.healthUser.kind === "master" ? secretArn : this.addHealthSecret(key.arn),
      keyArn: key.arn,
      securityGroupId: securityGroup.id,
      alarmTopicArn: topic.arn,
    });
  }

  private addDatabaseKey(): EncryptionKey {
    const backups = this.environment.database.awsBackup === undefined ? [] : ["backup"];
    return new EncryptionKey(this, "database-key", {
      alias: this.named("kms-alias", "database"),
      description: "Aurora cluster: storage, master secret, Performance Insights, PostgreSQL log",
      deletionProtected: this.environment.deletionProtection,
      statements: [
        administer(this.account),
        useThroughServices(this.account, ["rds", "secretsmanager", ...backups]),
        encryptLogGroup(this.account, postgresqlLogGroup(this.identifier)),
      ],
    });
  }

  private addAlarmTopic(): AlarmTopic {
    const publishers = ["cloudwatch", "events.rds"].map((service) => this.account.principal(service));
    const key = new EncryptionKey(this, "alarm-key", {
      alias: this.named("kms-alias", "alarms"),
      description: "Topic of all alarms",
      deletionProtected: this.environment.deletionProtection,
      statements: [administer(this.account), publishEncrypted(this.account, publishers)],
    });
    return new AlarmTopic(this, "alarm-topic", {
      name: this.named("sns-topic", "alarms"),
      keyArn: key.arn,
      account: this.account.id,
      publishers,
      emails: this.environment.alarms.emails,
    });
  }

  private addCluster(subnetIds: string[], securityGroupId: string, keyArn: string): AuroraCluster {
    const { database, logRetentionDays, deletionProtection } = this.environment;
    const parameters = new Parameters(this, "parameters", {
      name: this.identifier,
      major: database.engineVersion.split(".", 1).join(),
      slowStatementMs: database.slowStatementMs,
      pgaudit: database.pgaudit,
      more: database.parameters,
    });
    return new AuroraCluster(this, "aurora", {
      identifier: this.identifier,
      settings: database,
      subnetIds,
      zones: databaseZones(this, this.environment),
      securityGroupId,
      keyArn,
      parameters,
      monitoringRoleArn: database.enhancedMonitoring === "off" ? undefined : this.addMonitoringRole(),
      logRetentionDays,
      deletionProtected: deletionProtection,
    });
  }

  private addHealthSecret(keyArn: string): string {
    return new HealthSecret(this, "health-user", {
      name: healthSecretName(this.environment.name),
      keyArn,
      deletionProtected: this.environment.deletionProtection,
    }).arn;
  }

  private addMonitoringRole(): string {
    return new ServiceRole(this, "monitoring-role", {
      name: this.named("iam-role", "monitoring"),
      description: "Lets Enhanced Monitoring write its samples",
      service: this.account.principal("monitoring.rds"),
      sourceAccount: this.account.id,
      managedPolicyArn: this.account.awsPolicyArn("service-role/AmazonRDSEnhancedMonitoringRole"),
    }).arn;
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

  private addBackup(clusterArn: string, keyArn: string): void {
    const settings = this.environment.database.awsBackup;
    if (settings === undefined) return;
    new DatabaseBackup(this, "backup", {
      name: this.named("backup-vault"),
      roleName: this.named("iam-role", "backup"),
      account: this.account,
      settings,
      clusterArn,
      keyArn,
      deletionProtected: this.environment.deletionProtection,
    });
  }
}

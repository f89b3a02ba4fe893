import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { Construct } from "constructs";
import type { Account } from "../config/account";
import type { BootDocument } from "../config/boot-document";
import { awsName } from "../config/naming";
import type { Environment } from "../config/schema/environment";
import { ServiceRole } from "../constructs/iam/service-role";
import {
  beManaged,
  manageOwnGroup,
  readSecret,
  type Statement,
  writeLogs,
  writeMetrics,
} from "../constructs/iam/statements";
import { alarmName } from "../constructs/monitoring/alarm-table";
import { bootData } from "../constructs/pgpool/boot-data";
import { Fleet } from "../constructs/pgpool/fleet";
import { EncryptionKey } from "../constructs/security/encryption-key";
import { administer, encryptLogGroup, encryptVolumes } from "../constructs/security/key-uses";
import type { DatabaseValues } from "../contracts/database";
import { unhealthyNode } from "./pgpool-alarms";

/** Name of the lifecycle hook that gives a leaving node time to end its sessions. */
const terminationHook = "drain";

export interface PgpoolNodesProps {
  readonly name: string;
  readonly roleName: string;
  readonly logGroupName: string;
  readonly account: Account;
  readonly environment: Environment;
  readonly database: DatabaseValues;
  readonly imageId: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly targetGroupArn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The nodes: their key, log group, role and boot document, and the scaling group that launches them. */
export class PgpoolNodes extends Construct {
  readonly fleet: Fleet;
  private readonly metricsNamespace: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PgpoolNodesProps,
  ) {
    super(scope, id);
    const { name, account, environment } = props;
    this.metricsNamespace = awsName("metrics-namespace", `pgpool-aurora/${environment.name}`);
    const serviceLinkedRole = new IamServiceLinkedRole(this, "autoscaling-role", {
      awsServiceName: account.principal("autoscaling"),
      // A role of our own, because the key's policy names it and the account may not have the common one yet.
      customSuffix: name,
      description: "Launches the nodes with volumes under their key",
    });
    const key = new EncryptionKey(this, "key", {
      alias: `${name}-nodes`,
      description: "Nodes: volumes and log group",
      deletionProtected: environment.deletionProtection,
      statements: [
        administer(account),
        encryptLogGroup(account, props.logGroupName),
        ...encryptVolumes(account, serviceLinkedRole.arn),
      ],
    });
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: props.logGroupName,
      retentionInDays: environment.logRetentionDays,
      kmsKeyId: key.arn,
    });
    this.fleet = new Fleet(this, "fleet", {
      ...environment.pgpool,
      name,
      imageId: props.imageId,
      subnetIds: props.subnetIds,
      securityGroupId: props.securityGroupId,
      targetGroupArn: props.targetGroupArn,
      roleName: this.addRole(logGroup.arn).name,
      serviceLinkedRoleArn: serviceLinkedRole.arn,
      keyArn: key.arn,
      userData: bootData(this.bootDocument()),
      terminationHook,
      rollbackAlarm: alarmName(name, unhealthyNode),
      tags: props.tags,
    });
  }

  private addRole(logGroupArn: string): ServiceRole {
    const { name, roleName, account } = this.props;
    return new ServiceRole(this, "role", {
      name: roleName,
      description: "What a Pgpool-II node may do",
      service: account.principal("ec2"),
      statements: [
        ...this.readSecrets(),
        writeLogs(logGroupArn),
        writeMetrics(this.metricsNamespace),
        manageOwnGroup(account.arn("autoscaling", `autoScalingGroup:*:autoScalingGroupName/${name}`)),
        beManaged(account.arn("ec2", "instance/*")),
      ],
    });
  }

  private readSecrets(): Statement[] {
    const { account, database, environment } = this.props;
    const { certificate } = environment.pgpool;
    const secretsManagerHost = account.viaService("secretsmanager");
    const { healthSecretArn: secretArn, keyArn } = database;
    return [
      ...readSecret({ what: "Secret", secretArn, keyArn, secretsManagerHost }),
      ...(certificate.kind === "secret" ? readSecret({ what: "Certificate", ...certificate, secretsManagerHost }) : []),
    ];
  }

  private bootDocument(): BootDocument {
    const { name, logGroupName, environment, database } = this.props;
    const { region, pgpool } = environment;
    const { certificate } = pgpool;
    return {
      version: 1,
      environment: environment.name,
      region,
      writerEndpoint: database.clusterEndpoint,
      readerEndpoint: database.readerEndpoint,
      healthDatabase: "postgres",
      secretArn: database.healthSecretArn,
      certificate:
        certificate.kind === "secret" ? { kind: certificate.kind, secretArn: certificate.secretArn } : certificate,
      logGroup: logGroupName,
      metricsNamespace: this.metricsNamespace,
      autoScalingGroup: name,
      terminationHook,
      drainTimeoutSeconds: pgpool.drainTimeoutSeconds,
      settings: {
        num_init_children: pgpool.clientsPerNode,
        session_consistency: pgpool.sessionConsistency,
        readers: pgpool.readers.kind,
        tunables: pgpool.settings,
        // Pgpool ends an idle session with a message before the load balancer forgets it without one.
        client_idle_limit: pgpool.clientIdleTimeoutSeconds - 10,
      },
    };
  }
}

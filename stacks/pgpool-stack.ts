import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import { awsName } from "../config/naming";
import { isPublic } from "../config/public-tier";
import type { Environment } from "../config/schema/environment";
import { ServiceRole } from "../constructs/iam/service-role";
import { beManaged, manageOwnGroup, readSecret, writeLogs, writeMetrics } from "../constructs/iam/statements";
import { AlarmTable } from "../constructs/monitoring/alarm-table";
import { bootData } from "../constructs/pgpool/boot-data";
import { Endpoint } from "../constructs/pgpool/endpoint";
import { Fleet } from "../constructs/pgpool/fleet";
import { FleetScaling } from "../constructs/pgpool/fleet-scaling";
import { type ImageSource, NodeImage } from "../constructs/pgpool/node-image";
import { EncryptionKey } from "../constructs/security/encryption-key";
import { administer, encryptLogGroup, encryptVolumes } from "../constructs/security/key-uses";
import { databaseContract, type DatabaseValues } from "../contracts/database";
import { pgpoolContract } from "../contracts/pgpool";
import { EnvironmentStack } from "./environment-stack";
import { networkValues } from "./network-source";
import { pgpoolAlarms, unhealthyNode } from "./pgpool-alarms";
import { PgpoolSecurity } from "./pgpool-security";

/** The fleet of Pgpool-II nodes and the load balancer in front of them. */
export class PgpoolStack extends EnvironmentStack {
  private readonly name = this.named("load-balancer");
  private readonly logGroup = this.logGroupName("nodes");
  private readonly metricsNamespace = awsName("metrics-namespace", `pgpool-aurora/${this.environment.name}`);
  private readonly terminationHook = "drain";

  constructor(scope: Construct, environment: Environment, image: ImageSource) {
    super(scope, pgpoolContract.producer, environment);
    const { pgpool, deletionProtection } = environment;
    const network = networkValues(this, environment);
    const database = databaseContract.read(this, environment);
    const security = new PgpoolSecurity(this, "security", {
      environment,
      network,
      databaseSecurityGroupId: database.securityGroupId,
      name: this.name,
    });
    const open = isPublic(pgpool.exposure);
    const endpoint = new Endpoint(this, "endpoint", {
      name: this.name,
      vpcId: network.vpcId,
      subnetIds: open ? network.publicSubnetIds : network.privateSubnetIds,
      securityGroupId: security.loadBalancerGroupId,
      public: open,
      idleTimeoutSeconds: pgpool.clientIdleTimeoutSeconds,
      drainTimeoutSeconds: pgpool.drainTimeoutSeconds,
      deletionProtected: deletionProtection,
    });
    const { imageId } = new NodeImage(this, "image", image);
    const fleet = this.addFleet(database, imageId, network.privateSubnetIds, security.nodeGroupId, endpoint);
    const dimensions = { LoadBalancer: endpoint.loadBalancer.arnSuffix, TargetGroup: endpoint.targetGroup.arnSuffix };
    new FleetScaling(this, "scaling", {
      groupName: fleet.group.name,
      targetCpuPercent: pgpool.targetCpuPercent,
      targetConnections: Math.floor((pgpool.clientsPerNode * pgpool.targetClientsPercent) / 100),
      loadBalancer: dimensions.LoadBalancer,
      targetGroup: dimensions.TargetGroup,
    });
    new AlarmTable(this, "alarms", {
      prefix: this.name,
      namespace: "AWS/NetworkELB",
      dimensions,
      topicArn: database.alarmTopicArn,
      rows: pgpoolAlarms,
    });
    const { clusterEndpoint, readerEndpoint, secretArn } = database;
    pgpoolContract.publish(this, {
      endpoint: this.addDnsName(endpoint),
      loadBalancerEndpoint: endpoint.loadBalancer.dnsName,
      clusterEndpoint,
      readerEndpoint,
      secretArn,
      imageId,
    });
  }

  private addFleet(
    database: DatabaseValues,
    imageId: string,
    subnetIds: string[],
    securityGroupId: string,
    endpoint: Endpoint,
  ): Fleet {
    const { pgpool } = this.environment;
    const serviceLinkedRole = new IamServiceLinkedRole(this, "autoscaling-role", {
      awsServiceName: this.principal("autoscaling"),
      // A role of our own, because the key's policy names it and the account may not have the common one yet.
      customSuffix: this.name,
      description: "Launches the nodes with volumes under their key",
    });
    const key = this.addNodeKey(serviceLinkedRole.arn);
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: this.logGroup,
      retentionInDays: this.environment.logRetentionDays,
      kmsKeyId: key.arn,
    });
    const role = this.addNodeRole(database, logGroup.arn);
    return new Fleet(this, "fleet", {
      ...pgpool,
      name: this.name,
      imageId,
      subnetIds,
      securityGroupId,
      targetGroupArn: endpoint.targetGroup.arn,
      roleName: role.name,
      serviceLinkedRoleArn: serviceLinkedRole.arn,
      keyArn: key.arn,
      userData: this.bootData(database),
      terminationHook: this.terminationHook,
      rollbackAlarm: `${this.name}-${unhealthyNode}`,
      tags: this.environmentTags,
    });
  }

  private addNodeKey(serviceLinkedRoleArn: string): EncryptionKey {
    return new EncryptionKey(this, "key", {
      alias: this.named("kms-alias", "nodes"),
      description: "Nodes: volumes and log group",
      deletionProtected: this.environment.deletionProtection,
      statements: [
        administer(this.rootArn, this.account),
        encryptLogGroup(this.principal("logs"), [this.arn("logs", `log-group:${this.logGroup}`)]),
        ...encryptVolumes(serviceLinkedRoleArn, this.account),
      ],
    });
  }

  private addNodeRole({ secretArn, keyArn }: DatabaseValues, logGroupArn: string): ServiceRole {
    return new ServiceRole(this, "node-role", {
      name: this.named("iam-role", "node"),
      description: "What a Pgpool-II node may do",
      service: this.principal("ec2"),
      statements: [
        ...readSecret(secretArn, keyArn, this.viaService("secretsmanager")),
        writeLogs(logGroupArn),
        writeMetrics(this.metricsNamespace),
        manageOwnGroup(this.arn("autoscaling", `autoScalingGroup:*:autoScalingGroupName/${this.name}`)),
        beManaged(this.arn("ec2", "instance/*")),
      ],
    });
  }

  private bootData({ clusterEndpoint, readerEndpoint, secretArn }: DatabaseValues): string {
    const { name: environment, region, pgpool } = this.environment;
    return bootData({
      version: 1,
      environment,
      region,
      writerEndpoint: clusterEndpoint,
      readerEndpoint,
      healthDatabase: "postgres",
      secretArn,
      logGroup: this.logGroup,
      metricsNamespace: this.metricsNamespace,
      autoScalingGroup: this.name,
      terminationHook: this.terminationHook,
      drainTimeoutSeconds: pgpool.drainTimeoutSeconds,
      settings: {
        num_init_children: pgpool.clientsPerNode,
        session_consistency: pgpool.sessionConsistency,
        tunables: pgpool.settings,
        // Pgpool ends an idle session with a message before the load balancer forgets it without one.
        client_idle_limit: pgpool.clientIdleTimeoutSeconds - 10,
      },
    });
  }

  /** The name that clients use: the one in Route 53 if there is one. */
  private addDnsName({ loadBalancer }: Endpoint): string {
    const { dns } = this.environment.pgpool;
    if (dns === undefined) return loadBalancer.dnsName;
    const alias = { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true };
    return new Route53Record(this, "dns", { zoneId: dns.zoneId, name: dns.name, type: "A", alias }).name;
  }
}

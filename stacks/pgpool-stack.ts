import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { Construct } from "constructs";
import { isPublic } from "../config/public-tier";
import type { Environment } from "../config/schema/environment";
import { AlarmTable } from "../constructs/monitoring/alarm-table";
import { Endpoint } from "../constructs/pgpool/endpoint";
import { FleetScaling } from "../constructs/pgpool/fleet-scaling";
import { type ImageSource, NodeImage } from "../constructs/pgpool/node-image";
import { databaseContract } from "../contracts/database";
import { pgpoolContract } from "../contracts/pgpool";
import { EnvironmentStack } from "./environment-stack";
import { networkValues } from "./network-source";
import { pgpoolAlarms } from "./pgpool-alarms";
import { PgpoolNodes } from "./pgpool-nodes";
import { PgpoolSecurity } from "./pgpool-security";

/** The fleet of Pgpool-II nodes and the load balancer in front of them. */
export class PgpoolStack extends EnvironmentStack {
  private readonly name = this.named("load-balancer");

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
    const { fleet } = new PgpoolNodes(this, "nodes", {
      name: this.name,
      roleName: this.named("iam-role", "node"),
      logGroupName: this.logGroupName("nodes"),
      account: this.account,
      environment,
      database,
      imageId,
      subnetIds: network.privateSubnetIds,
      securityGroupId: security.nodeGroupId,
      targetGroupArn: endpoint.targetGroup.arn,
      tags: this.environmentTags,
    });
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

  /** The name that clients use: the one in Route 53 if there is one. */
  private addDnsName({ loadBalancer }: Endpoint): string {
    const { dns } = this.environment.pgpool;
    if (dns === undefined) return loadBalancer.dnsName;
    const alias = { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true };
    return new Route53Record(this, "dns", { zoneId: dns.zoneId, name: dns.name, type: "A", alias }).name;
  }
}

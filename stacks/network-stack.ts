import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import type { Construct } from "constructs";
import { hasPublicTier } from "../config/public-tier";
import type { Environment } from "../config/schema/environment";
import type { NewNetwork } from "../config/schema/network";
import { tierCidrs } from "../config/subnets";
import { Endpoints } from "../constructs/network/endpoints";
import { FlowLogs } from "../constructs/network/flow-logs";
import { InternetAccess } from "../constructs/network/internet-access";
import { SubnetTier } from "../constructs/network/subnet-tier";
import { EncryptionKey } from "../constructs/security/encryption-key";
import { administer, encryptLogGroup } from "../constructs/security/key-uses";
import { networkContract } from "../contracts/network";
import { EnvironmentStack } from "./environment-stack";

/** A VPC of our own: private tier for nodes, isolated tier for the database, public tier only when needed. */
export class NetworkStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, network: NewNetwork) {
    super(scope, networkContract.producer, environment);
    const { region } = environment;
    const { cidr, zones, nat } = network;
    const name = `${environment.name}-pgpool`;
    const vpc = new Vpc(this, "vpc", {
      cidrBlock: cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
    });
    // Adopted with no rules, so that nothing can be reached by forgetting to name a security group.
    new DefaultSecurityGroup(this, "default-security-group", {
      vpcId: vpc.id,
      tags: { Name: `${name}-default-empty` },
    });

    const cidrs = tierCidrs(network);
    const tier = (part: keyof typeof cidrs) =>
      new SubnetTier(this, part, { vpcId: vpc.id, name: `${name}-${part}`, zones, cidrs: cidrs[part] });
    const privateTier = tier("private");
    const isolatedTier = tier("isolated");
    const publicTier = hasPublicTier(environment) ? tier("public") : undefined;
    if (publicTier !== undefined) {
      new InternetAccess(this, "internet", { vpcId: vpc.id, name, zones, publicTier, privateTier, nat });
    }
    const endpoints = new Endpoints(this, "endpoints", {
      vpcId: vpc.id,
      name,
      region,
      privateTier,
      services: network.interfaceEndpoints,
    });
    if (network.flowLogs) this.addFlowLogs(vpc.id);

    networkContract.publish(this, {
      vpcId: vpc.id,
      privateSubnetIds: privateTier.subnetIds,
      isolatedSubnetIds: isolatedTier.subnetIds,
      publicSubnetIds: publicTier?.subnetIds ?? [],
      endpointSecurityGroupId: endpoints.securityGroupId,
      s3PrefixListId: endpoints.s3PrefixListId,
    });
  }

  private addFlowLogs(vpcId: string): void {
    const { logRetentionDays, deletionProtection } = this.environment;
    const logGroupName = this.logGroupName("flow-logs");
    const key = new EncryptionKey(this, "flow-log-key", {
      alias: this.named("kms-alias", "flow-logs"),
      description: "Flow logs of the VPC",
      deletionProtected: deletionProtection,
      statements: [administer(this.account), encryptLogGroup(this.account, logGroupName)],
    });
    new FlowLogs(this, "flow-logs", {
      vpcId,
      account: this.account,
      logGroupName,
      roleName: this.named("iam-role", "flow-logs"),
      retentionDays: logRetentionDays,
      keyArn: key.arn,
    });
  }
}

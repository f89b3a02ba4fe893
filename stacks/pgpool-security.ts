import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { awsName } from "../config/naming";
import { ports } from "../config/ports";
import type { Environment } from "../config/schema/environment";
import { AllowIn, AllowOut, Connection, type Peer } from "../constructs/security/connection";
import type { NetworkValues } from "../contracts/network";

export interface PgpoolSecurityProps {
  readonly environment: Environment;
  readonly network: NetworkValues;
  readonly databaseSecurityGroupId: string;
  readonly name: string;
}

/** Every arrow of the network: clients → load balancer → nodes → database, and nodes → AWS. Nothing else. */
export class PgpoolSecurity extends Construct {
  readonly loadBalancerGroupId: string;
  readonly nodeGroupId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PgpoolSecurityProps,
  ) {
    super(scope, id);
    const balancer = (this.loadBalancerGroupId = this.addGroup("load-balancer", "Load balancer of Pgpool-II"));
    const nodes = (this.nodeGroupId = this.addGroup("nodes", "Pgpool-II nodes"));
    this.admitClients();
    new Connection(this, "sessions", {
      from: balancer,
      to: nodes,
      port: ports.pgpool,
      description: "Sessions: load balancer to Pgpool-II",
    });
    new Connection(this, "health", {
      from: balancer,
      to: nodes,
      port: ports.health,
      description: "Health checks: load balancer to pgdoctor",
    });
    new Connection(this, "database", {
      from: nodes,
      to: props.databaseSecurityGroupId,
      port: ports.postgresql,
      description: "Pgpool-II to Aurora",
    });
    this.leadToAws();
  }

  private addGroup(part: string, description: string): string {
    const name = awsName("security-group", this.props.name, part);
    return new SecurityGroup(this, part, { vpcId: this.props.network.vpcId, name, description, tags: { Name: name } })
      .id;
  }

  private admitClients(): void {
    for (const [name, peer] of this.clients()) {
      const description = `Clients: ${name}`;
      new AllowIn(this, `clients-${name}`, {
        securityGroupId: this.loadBalancerGroupId,
        peer,
        port: ports.postgresql,
        description,
      });
    }
  }

  private clients(): (readonly [string, Peer])[] {
    const { exposure } = this.props.environment.pgpool;
    if (exposure.kind === "world") return [["the world, by exposure", { cidrIpv4: "0.0.0.0/0" }]];
    const groups = exposure.kind === "private" ? exposure.clientSecurityGroupIds : [];
    const { network } = this.props.environment;
    const nobodyNamed = exposure.allowedCidrs.length + groups.length === 0;
    const cidrs = nobodyNamed && network.kind === "new" ? [network.cidr] : exposure.allowedCidrs;
    return [
      ...cidrs.map((cidrIpv4) => [cidrIpv4, { cidrIpv4 }] as const),
      ...groups.map((id) => [id, { referencedSecurityGroupId: id }] as const),
    ];
  }

  /** Secrets Manager, logs, metrics and Session Manager, over HTTPS: by endpoints, or the one declared way out. */
  private leadToAws(): void {
    const { environment, network } = this.props;
    const securityGroupId = this.nodeGroupId;
    const out = (id: string, peer: Peer, description: string) =>
      new AllowOut(this, id, { securityGroupId, peer, port: ports.https, description });
    const declared = environment.network;
    const byInternet = declared.kind === "new" ? declared.nat !== "none" : declared.egress.kind === "internet";
    if (byInternet) out("aws", { cidrIpv4: "0.0.0.0/0" }, "Nodes to AWS, by the way out of the network");
    const byEndpoints = declared.kind === "new" ? declared.interfaceEndpoints.length > 0 : !byInternet;
    if (byEndpoints) {
      new Connection(this, "endpoints", {
        from: securityGroupId,
        to: network.endpointSecurityGroupId,
        port: ports.https,
        description: "Nodes to AWS, by interface endpoints",
      });
    }
    if (!byInternet) out("s3", { prefixListId: network.s3PrefixListId }, "Nodes to S3, by the gateway endpoint");
  }
}

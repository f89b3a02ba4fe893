import { DataAwsPrefixList } from "@cdktf/provider-aws/lib/data-aws-prefix-list";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import { awsName } from "../../config/naming";
import { endpointServiceName } from "../../config/partition";
import type { EndpointService } from "../../config/schema/network";
import type { SubnetTier } from "./subnet-tier";

export interface EndpointsProps {
  readonly vpcId: string;
  readonly name: string;
  readonly region: string;
  readonly privateTier: SubnetTier;
  /** Interface endpoints; S3's gateway endpoint is always there, it costs nothing. */
  readonly services: readonly EndpointService[];
}

/** Ways from the private tier to AWS that do not leave its network. */
export class Endpoints extends Construct {
  /** Undefined when there are no interface endpoints; who may reach them is for the clients' stack to say. */
  readonly securityGroupId: string | undefined;
  readonly s3PrefixListId: string;

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { vpcId, name, region, privateTier } = props;
    const s3Name = endpointServiceName("s3", region);
    new VpcEndpoint(this, "s3", {
      vpcId,
      serviceName: s3Name,
      vpcEndpointType: "Gateway",
      routeTableIds: privateTier.routeTableIds,
      tags: { Name: `${name}-s3` },
    });
    this.s3PrefixListId = new DataAwsPrefixList(this, "s3-prefixes", { name: s3Name }).id;
    if (props.services.length === 0) return;

    const group = new SecurityGroup(this, "security-group", {
      vpcId,
      name: awsName("security-group", name, "endpoints"),
      description: "Interface endpoints of the VPC",
      tags: { Name: `${name}-endpoints` },
    });
    for (const service of props.services) {
      new VpcEndpoint(this, service, {
        vpcId,
        serviceName: endpointServiceName(service, region),
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: privateTier.subnetIds,
        securityGroupIds: [group.id],
        tags: { Name: `${name}-${service}` },
      });
    }
    this.securityGroupId = group.id;
  }
}

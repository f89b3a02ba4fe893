import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";
import type { SubnetTier } from "./subnet-tier";

const everywhere = "0.0.0.0/0";

export interface InternetAccessProps {
  readonly vpcId: string;
  readonly name: string;
  readonly zones: readonly string[];
  readonly publicTier: SubnetTier;
  readonly privateTier: SubnetTier;
  /** How many NAT gateways lead out of the private tier. */
  readonly nat: "per-zone" | "single" | "none";
}

/** The internet gateway of the public tier, and the NAT gateways in it that lead out of the private tier. */
export class InternetAccess extends Construct {
  constructor(scope: Construct, id: string, props: InternetAccessProps) {
    super(scope, id);
    const { vpcId, name, publicTier, privateTier, nat } = props;
    const gateway = new InternetGateway(this, "gateway", { vpcId, tags: { Name: name } });
    const zones = props.zones.map((zone) => ({ zone, place: new Construct(this, zone) }));
    for (const [index, { place }] of zones.entries()) {
      const routeTableId = publicTier.routeTableIds[index] ?? "";
      new Route(place, "out", { routeTableId, destinationCidrBlock: everywhere, gatewayId: gateway.id });
    }
    const natZones = { "per-zone": zones, single: zones.slice(0, 1), none: [] }[nat];
    const natIds = natZones.map(({ zone, place }, index) => {
      const tags = { Name: `${name}-${zone}` };
      const address = new Eip(place, "address", { domain: "vpc", tags });
      const subnetId = publicTier.subnetIds[index] ?? "";
      return new NatGateway(place, "nat", { allocationId: address.id, subnetId, tags, dependsOn: [gateway] }).id;
    });
    for (const [index, { place }] of zones.entries()) {
      const natGatewayId = natIds[index] ?? natIds[0];
      if (natGatewayId === undefined) continue;
      const routeTableId = privateTier.routeTableIds[index] ?? "";
      new Route(place, "nat-route", { routeTableId, destinationCidrBlock: everywhere, natGatewayId });
    }
  }
}

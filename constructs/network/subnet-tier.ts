import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";

export interface SubnetTierProps {
  readonly vpcId: string;
  /** Tag Name of each subnet, before its zone. */
  readonly name: string;
  readonly zones: readonly string[];
  /** One for each zone, in the same order. */
  readonly cidrs: readonly string[];
}

/** One subnet and one route table per zone, with no route but the VPC's own until somebody adds one. */
export class SubnetTier extends Construct {
  readonly subnetIds: string[] = [];
  readonly routeTableIds: string[] = [];

  constructor(scope: Construct, id: string, { vpcId, name, zones, cidrs }: SubnetTierProps) {
    super(scope, id);
    for (const [index, zone] of zones.entries()) {
      // The zone's name is the id, so that a zone that is added or removed leaves the others as they are.
      const place = new Construct(this, zone);
      const tags = { Name: `${name}-${zone}` };
      const subnet = new Subnet(place, "subnet", {
        vpcId,
        availabilityZone: zone,
        cidrBlock: cidrs[index],
        mapPublicIpOnLaunch: false,
        tags,
      });
      const table = new RouteTable(place, "routes", { vpcId, tags });
      new RouteTableAssociation(place, "association", { subnetId: subnet.id, routeTableId: table.id });
      this.subnetIds.push(subnet.id);
      this.routeTableIds.push(table.id);
    }
  }
}

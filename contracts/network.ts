import { hasPublicTier } from "../config/public-tier";
import { optionalText, StackContract, text, texts, type ValuesOf } from "./stack-contract";
import { standInId, standInSubnets } from "./stand-in";

/** What the network gives to the database and the fleet. */
export const networkContract = new StackContract("network", {
  vpcId: text("VPC that holds everything.", standInId("vpc", 1)),
  privateSubnetIds: texts("Subnets of the nodes and a private load balancer, one per zone.", standInSubnets(1)),
  isolatedSubnetIds: texts("Subnets of the database, one per zone, with no route out.", standInSubnets(2)),
  publicSubnetIds: texts(
    "Subnets of NAT gateways and a public load balancer, one per zone; may be none.",
    (environment) => (hasPublicTier(environment) ? standInSubnets(3)(environment) : []),
  ),
  endpointSecurityGroupId: optionalText(
    "Security group of the interface endpoints, if there are any.",
    standInId("sg", 1),
  ),
  s3PrefixListId: text("Prefix list of the S3 gateway endpoint.", standInId("pl", 1)),
});

export type NetworkValues = ValuesOf<typeof networkContract>;

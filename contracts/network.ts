import { hasPublicTier } from "../config/public-tier";
import { optionalText, StackContract, text, texts, type ValuesOf } from "./stack-contract";
import { standInId, standInSubnets } from "./stand-in";

/** What the network gives to the database and the fleet. */
export const networkContract = new StackContract("network", {
  vpcId: text("VPC that holds everything.", standInId("vpc", "network")),
  privateSubnetIds: texts("Subnets of the nodes and a private load balancer, one per zone.", standInSubnets("private")),
  isolatedSubnetIds: texts("Subnets of the database, one per zone, with no route out.", standInSubnets("isolated")),
  publicSubnetIds: texts(
    "Subnets of NAT gateways and a public load balancer, one per zone; may be none.",
    (environment) => (hasPublicTier(environment) ? standInSubnets("public")(environment) : []),
  ),
  endpointSecurityGroupId: optionalText(
    "Security group of the interface endpoints, if there are any.",
    standInId("sg", "endpoints"),
  ),
  s3PrefixListId: text("Prefix list of the S3 gateway endpoint.", standInId("pl", "s3")),
});

export type NetworkValues = ValuesOf<typeof networkContract>;

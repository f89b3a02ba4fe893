import { optionalText, StackContract, text, texts, type ValuesOf } from "./stack-contract";

/** What the network gives to the database and the fleet. */
export const networkContract = new StackContract("network", {
  vpcId: text("VPC that holds everything."),
  privateSubnetIds: texts("Subnets of the nodes and a private load balancer, one per zone."),
  isolatedSubnetIds: texts("Subnets of the database, one per zone, with no route out."),
  publicSubnetIds: texts("Subnets of NAT gateways and a public load balancer, one per zone; may be none."),
  endpointSecurityGroupId: optionalText("Security group of the interface endpoints, if there are any."),
  s3PrefixListId: text("Prefix list of the S3 gateway endpoint."),
});

export type NetworkValues = ValuesOf<typeof networkContract>;

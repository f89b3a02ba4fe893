import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import type { Construct } from "constructs";
import type { TerraformStack } from "cdktf";
import type { Environment } from "../config/schema/environment";
import type { ExistingNetwork } from "../config/schema/network";
import { networkContract, type NetworkValues } from "../contracts/network";

/** The network's values, from its stack or from the configuration: who uses them cannot tell. */
export function networkValues(stack: TerraformStack, environment: Environment): NetworkValues {
  const { network } = environment;
  return network.kind === "existing" ? existingValues(network) : networkContract.read(stack, environment);
}

function existingValues(network: ExistingNetwork): NetworkValues {
  const { vpcId, privateSubnetIds, isolatedSubnetIds, publicSubnetIds, egress } = network;
  const byEndpoints = egress.kind === "endpoints";
  return {
    vpcId,
    privateSubnetIds,
    isolatedSubnetIds,
    publicSubnetIds,
    endpointSecurityGroupId: byEndpoints ? egress.securityGroupId : "",
    s3PrefixListId: byEndpoints ? egress.s3PrefixListId : "",
  };
}

/** Aurora keeps its storage in three zones (Aurora User Guide, "Amazon Aurora storage"). */
const storageZones = 3;

/**
 * Zones of the cluster: those of its first three subnets, configured, or looked up, which also proves that the
 * subnets exist.
 */
export function databaseZones(scope: Construct, { network }: Environment): readonly string[] {
  if (network.kind === "new") return network.zones.slice(0, storageZones);
  return network.isolatedSubnetIds
    .slice(0, storageZones)
    .map((id) => new DataAwsSubnet(scope, id, { id }).availabilityZone);
}

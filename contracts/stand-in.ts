import { Account } from "../config/account";
import type { Environment } from "../config/schema/environment";
import { partitionOf } from "../config/partition";

/** An id that AWS never gives: its digits are hexadecimal, and these are not. */
export const standInId = (prefix: string, part: string): string => `${prefix}-0stand1n-${part}`;

/** An ARN in the account that nobody has. */
export const standInArn =
  (service: string, resource: string) =>
  ({ region }: Environment): string =>
    new Account("000000000000", region).arn(service, resource);

/** A host of Aurora. */
export const standInHost =
  (name: string) =>
  ({ region }: Environment): string =>
    `${name}.stand-in.${region}.rds.${partitionOf(region).dnsSuffix}`;

/** Subnets of one tier: one for each zone. */
export const standInSubnets =
  (tier: string) =>
  ({ network }: Environment): string[] =>
    network.kind === "new" ? network.zones.map((zone) => standInId("subnet", `${tier}-${zone}`)) : [];

import { Account } from "../config/account";
import type { Environment } from "../config/schema/environment";
import { partitionOf } from "../config/partition";

/** An id of the form that AWS gives, and that it never gave: zeros, and a number to tell them apart. */
export const standInId = (prefix: string, number: number): string => `${prefix}-${String(number).padStart(17, "0")}`;

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

/** Subnets of one tier, which is a number: one for each zone. */
export const standInSubnets =
  (tier: number) =>
  ({ network }: Environment): string[] =>
    network.kind === "new" ? network.zones.map((_, zone) => standInId("subnet", tier * 10 + zone)) : [];

import { parseCidr, part } from "./cidr";
import type { NewNetwork } from "./schema/network";

/** CIDRs of the three tiers, each in the order of zones. */
export interface TierCidrs {
  readonly private: readonly string[];
  readonly isolated: readonly string[];
  readonly public: readonly string[];
}

/**
 * CIDRs of a new network's subnets. Derived ones follow one rule: the VPC is cut into sixteen equal blocks; 0–3 are
 * the private tier's zones, 4–7 the isolated tier's, 8–11 the public tier's, 12–15 stay free. So a fourth zone, a
 * public tier or a reader more never moves a subnet that is there.
 */
export function tierCidrs({ cidr, zones, subnets }: NewNetwork): TierCidrs {
  if (subnets.kind === "explicit") return subnets;
  const blocks = (first: number) => zones.map((_, zone) => part(parseCidr(cidr), 4, first + zone));
  return { private: blocks(0), isolated: blocks(4), public: blocks(8) };
}

import { contains, formatCidr, isAligned, overlaps, parseCidr } from "../cidr";
import type { Fault } from "../fault";
import { hasPublicTier } from "../public-tier";
import type { NewNetwork } from "../schema/network";
import type { Settings } from "../schema/environment";
import type { Rule } from "./rule";

/** The CIDRs of one explicit tier, and how many it must have. */
interface Tier {
  readonly path: string;
  readonly cidrs: readonly string[];
  readonly wanted: number;
}

function tiersOf(network: NewNetwork, settings: Settings): Tier[] {
  if (network.subnets.kind === "derived") return [];
  const { private: nodes, isolated, public: open } = network.subnets;
  const wanted = network.zones.length;
  return [
    { path: "network.subnets.private", cidrs: nodes, wanted },
    { path: "network.subnets.isolated", cidrs: isolated, wanted },
    { path: "network.subnets.public", cidrs: open, wanted: hasPublicTier(settings) ? wanted : 0 },
  ];
}

function countFaults({ path, cidrs, wanted }: Tier, zones: readonly string[]): Fault[] {
  if (cidrs.length === wanted) return [];
  if (wanted === 0) {
    const allowed = "no CIDRs: only NAT gateways or a public load balancer stand in a public tier";
    return [{ path, got: cidrs, allowed, remedy: "leave it out" }];
  }
  const allowed = `${wanted} CIDRs, one for each zone`;
  return [{ path, got: cidrs, allowed, remedy: `give those of ${zones.join(", ")}, in this order` }];
}

function placeFaults({ path, cidrs }: Tier, vpc: string): Fault[] {
  return cidrs.flatMap((got, index) => {
    const remedy = placeRemedy(got, vpc);
    if (remedy === undefined) return [];
    const allowed = `a block inside ${vpc}, /28 or larger, written with its first address`;
    return [{ path: `${path}.${index}`, got, allowed, remedy }];
  });
}

function placeRemedy(cidr: string, vpc: string): string | undefined {
  const range = parseCidr(cidr);
  if (!isAligned(range)) return `write ${formatCidr(range)}`;
  if (!contains(parseCidr(vpc), range)) return "move it into the VPC, or change network.cidr";
  return range.prefix > 28 ? "choose a larger block: AWS's smallest subnet is a /28" : undefined;
}

function overlapFaults(tiers: readonly Tier[]): Fault[] {
  const all = tiers.flatMap(({ path, cidrs }) => cidrs.map((cidr, index) => ({ path: `${path}.${index}`, cidr })));
  return all.flatMap(({ path, cidr: got }, index) =>
    all
      .slice(0, index)
      .filter((other) => overlaps(parseCidr(got), parseCidr(other.cidr)))
      .map((other) => ({
        path,
        got,
        allowed: "subnets that share no address",
        remedy: `it overlaps ${other.path} (${other.cidr}): change one of the two`,
      })),
  );
}

/** Explicit subnets: as many as zones, inside the VPC, apart from each other. */
export const explicitSubnets: Rule = {
  reads: ["network.kind", "network.subnets", "network.cidr", "network.zones", "network.nat", "pgpool.exposure"],
  check: (settings) => {
    const { network } = settings;
    if (network.kind === "existing") return [];
    const tiers = tiersOf(network, settings);
    return [
      ...tiers.flatMap((tier) => countFaults(tier, network.zones)),
      ...tiers.flatMap((tier) => placeFaults(tier, network.cidr)),
      ...overlapFaults(tiers),
    ];
  },
};

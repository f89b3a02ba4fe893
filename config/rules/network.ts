import { contains, formatCidr, isAligned, isPrivate, overlaps, parseCidr } from "../cidr";
import type { Fault } from "../fault";
import type { NewNetwork, EndpointService } from "../schema/network";
import type { Settings } from "../schema/environment";
import { hasPublicTier } from "../public-tier";
import { repeated, type Rule } from "./rule";

/** What a node talks to (README, Existing VPC): its secret, logs, metrics, Session Manager and its scaling group. */
export const nodeEndpoints: readonly EndpointService[] = [
  "autoscaling",
  "ec2messages",
  "logs",
  "monitoring",
  "secretsmanager",
  "ssm",
  "ssmmessages",
];

const newNetworkRule = (
  reads: readonly string[],
  check: (network: NewNetwork, settings: Settings) => Fault[],
): Rule => ({
  reads: ["network.kind", ...reads],
  check: (settings) => (settings.network.kind === "new" ? check(settings.network, settings) : []),
});

const zones = newNetworkRule(["network.zones", "region"], (network, { region }) => {
  const form = new RegExp(`^${region}[a-z]$`);
  const allowed = `2 to 4 different zones of ${region}, such as ${region}a`;
  return [
    ...network.zones
      .filter((zone) => !form.test(zone))
      .map((got) => ({ path: "network.zones", got, allowed, remedy: `name a zone of ${region}, or change region` })),
    ...repeated(network.zones).map((got) => ({ path: "network.zones", got, allowed, remedy: `name ${got} once` })),
  ];
});

const vpcCidr = newNetworkRule(["network.cidr"], ({ cidr }) => {
  const range = parseCidr(cidr);
  const allowed = "a private IPv4 CIDR (RFC 1918 or 100.64.0.0/10) from /16 to /22";
  if (!isAligned(range)) {
    return [
      { path: "network.cidr", got: cidr, allowed, remedy: `write the range's first address: ${formatCidr(range)}` },
    ];
  }
  if (range.prefix < 16 || range.prefix > 22) {
    const remedy =
      "choose a VPC from /16 (AWS's largest) to /22 (its sixteenth, a /26, still holds nodes and endpoints)";
    return [{ path: "network.cidr", got: cidr, allowed, remedy }];
  }
  if (isPrivate(range)) return [];
  return [{ path: "network.cidr", got: cidr, allowed, remedy: "choose a private range, or use an existing VPC" }];
});

const subnets = newNetworkRule(
  ["network.subnets", "network.cidr", "network.zones", "network.nat", "pgpool.exposure"],
  (network, settings) => {
    if (network.subnets.kind === "derived") return [];
    const { private: nodes, isolated, public: open } = network.subnets;
    const tiers = { private: nodes, isolated, public: open };
    const vpc = parseCidr(network.cidr);
    const all = Object.entries(tiers).flatMap(([tier, cidrs]) => cidrs.map((cidr) => ({ tier, cidr })));
    const countFaults = Object.entries(tiers)
      .filter(
        ([tier, cidrs]) => cidrs.length !== (tier === "public" && !hasPublicTier(settings) ? 0 : network.zones.length),
      )
      .map(([tier, got]) => ({
        path: `network.subnets.${tier}`,
        got,
        allowed:
          tier === "public" && !hasPublicTier(settings)
            ? "no public tier: nothing needs it"
            : `${network.zones.length} CIDRs, one for each zone`,
        remedy:
          "give as many as there are zones, in their order; the public tier only with NAT or a public load balancer",
      }));
    const placeFaults = all
      .filter(
        ({ cidr }) => !isAligned(parseCidr(cidr)) || !contains(vpc, parseCidr(cidr)) || parseCidr(cidr).prefix > 28,
      )
      .map(({ tier, cidr }) => ({
        path: `network.subnets.${tier}`,
        got: cidr,
        allowed: `a block inside ${network.cidr}, /28 or larger, written with its first address`,
        remedy: `move it into the VPC, or widen network.cidr`,
      }));
    const overlapFaults = all.flatMap(({ tier, cidr }, index) =>
      all
        .slice(index + 1)
        .filter((other) => overlaps(parseCidr(cidr), parseCidr(other.cidr)))
        .map((other) => ({
          path: `network.subnets.${other.tier}`,
          got: other.cidr,
          allowed: "subnets that share no address",
          remedy: `it overlaps ${cidr} of the ${tier} tier: change one of the two`,
        })),
    );
    return [...countFaults, ...placeFaults, ...overlapFaults];
  },
);

const endpoints = newNetworkRule(["network.nat", "network.interfaceEndpoints"], ({ nat, interfaceEndpoints }) => {
  const path = "network.interfaceEndpoints";
  const twice = repeated(interfaceEndpoints).map((got) => ({
    path,
    got,
    allowed: "each service once",
    remedy: `name ${got} once`,
  }));
  const missing = nodeEndpoints.filter((service) => !interfaceEndpoints.includes(service));
  if (nat !== "none" || missing.length === 0) return twice;
  const allowed = `with nat "none" at least ${nodeEndpoints.join(", ")}`;
  return [...twice, { path, got: interfaceEndpoints, allowed, remedy: `add ${missing.join(", ")}, or choose a NAT` }];
});

const existingSubnets: Rule = {
  reads: ["network"],
  check: ({ network }) => {
    if (network.kind === "new") return [];
    const tiers = ["privateSubnetIds", "isolatedSubnetIds", "publicSubnetIds"] as const;
    const allIds = tiers.flatMap((tier) => network[tier].map((id) => ({ tier, id })));
    return repeated(allIds.map(({ id }) => id)).map((got) => ({
      path: `network.${allIds.findLast(({ id }) => id === got)?.tier ?? ""}`,
      got,
      allowed: "each subnet once, in one tier",
      remedy: "give the tiers subnets of their own: the database's have no route out",
    }));
  },
};

/** Rules of the network. */
export const networkRules: readonly Rule[] = [zones, vpcCidr, subnets, endpoints, existingSubnets];

import { formatCidr, isAligned, isPrivate, parseCidr } from "../cidr";
import type { Fault } from "../fault";
import type { NewNetwork, EndpointService } from "../schema/network";
import type { Settings } from "../schema/environment";
import { repeated, type Rule } from "./rule";
import { explicitSubnets } from "./subnets";

/** What a node talks to (README, Existing VPC): its secret, logs, metrics, Session Manager and its scaling group. */
const nodeEndpoints: readonly EndpointService[] = [
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
  const remedy = `name a zone of ${region}, or change region`;
  return network.zones.flatMap((got, index) =>
    form.test(got) ? [] : [{ path: `network.zones.${index}`, got, allowed, remedy }],
  );
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

const endpoints = newNetworkRule(["network.nat", "network.interfaceEndpoints"], ({ nat, interfaceEndpoints }) => {
  const path = "network.interfaceEndpoints";
  const missing = nodeEndpoints.filter((service) => !interfaceEndpoints.includes(service));
  if (nat !== "none" || missing.length === 0) return [];
  const allowed = `with nat "none" at least ${nodeEndpoints.join(", ")}`;
  return [{ path, got: interfaceEndpoints, allowed, remedy: `add ${missing.join(", ")}, or choose a NAT` }];
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
export const networkRules: readonly Rule[] = [zones, vpcCidr, explicitSubnets, endpoints, existingSubnets];

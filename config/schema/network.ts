import * as z from "zod";
import { choice, cidr, flag, ids, setting, text } from "./leaf";

/** Interface endpoints that the network can have, by the service's own name. */
export const endpointServices = [
  "autoscaling",
  "ec2messages",
  "kms",
  "logs",
  "monitoring",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "sts",
] as const;
export type EndpointService = (typeof endpointServices)[number];

const tierCidrs = (tier: string) =>
  setting(
    z.array(cidr),
    `CIDRs of the ${tier} tier, in the order of zones.`,
    "one IPv4 CIDR for each zone, /16 to /28",
  );

const subnets = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z
      .literal("derived")
      .meta({ description: "The VPC's CIDR is cut into sixteen equal blocks (README, Network)." }),
  }),
  z.strictObject({
    kind: z.literal("explicit").meta({ description: "Every subnet's CIDR is given." }),
    private: tierCidrs("private"),
    isolated: tierCidrs("isolated"),
    public: tierCidrs("public").default([]),
  }),
]);

const newNetwork = z.strictObject({
  kind: z.literal("new").meta({ description: "The network stack creates the VPC." }),
  cidr: setting(cidr, "CIDR of the VPC.", "a private IPv4 CIDR from /16 to /22, such as 10.20.0.0/16"),
  zones: setting(
    z.array(z.string()).min(2).max(4),
    "Availability zones. Add new ones at the end: a zone's place decides its subnets.",
    "2 to 4 different zones of the region, such as eu-west-1a",
  ),
  nat: choice(["per-zone", "single", "none"], "per-zone", "NAT gateways of the private tier."),
  interfaceEndpoints: setting(
    z.array(z.enum(endpointServices)).default([]),
    'Interface endpoints in the private tier; nat "none" needs those a node talks to.',
    `any of ${endpointServices.join(", ")}`,
  ),
  subnets: subnets.prefault({ kind: "derived" }),
  flowLogs: flag(true, "Log all flows of the VPC to an encrypted log group."),
});

const egress = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("internet").meta({ description: "Nodes reach AWS through the network's own NAT or firewall." }),
  }),
  z.strictObject({
    kind: z.literal("endpoints").meta({ description: "Nodes reach AWS through VPC endpoints only." }),
    securityGroupId: text(
      /^sg-[0-9a-f]{8,17}$/,
      "Security group of the interface endpoints.",
      'an id such as "sg-0a1b2c3d4e5f60718"',
    ),
    s3PrefixListId: text(
      /^pl-[0-9a-f]{8,17}$/,
      "Prefix list of the S3 gateway endpoint's service.",
      'an id such as "pl-6da54004"',
    ),
  }),
]);

const existingNetwork = z.strictObject({
  kind: z.literal("existing").meta({ description: "The VPC is there already; there is no network stack." }),
  vpcId: text(/^vpc-[0-9a-f]{8,17}$/, "The VPC.", 'an id such as "vpc-0a1b2c3d4e5f60718"'),
  privateSubnetIds: ids("subnet", 2, 4, "Subnets of the nodes and of a private load balancer, one per zone."),
  isolatedSubnetIds: ids("subnet", 2, 4, "Subnets of the database, one per zone."),
  publicSubnetIds: ids("subnet", 0, 4, "Subnets of a public load balancer, one per zone.").default([]),
  egress,
});

/** Where everything stands: a VPC of our own, or one that exists. */
export const networkSchema = z.discriminatedUnion("kind", [newNetwork, existingNetwork]);
export type Network = z.output<typeof networkSchema>;
export type NewNetwork = z.output<typeof newNetwork>;
export type ExistingNetwork = z.output<typeof existingNetwork>;

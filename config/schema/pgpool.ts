import * as z from "zod";
import { leastClients, mostClients, usualClients } from "../clients-per-node";
import { consistencies } from "../consistency";
import { tunablesSchema } from "./tunables";
import { choice, cidr, setting, text, wholeNumber } from "./leaf";

const cidrForm = "IPv4 CIDRs from /8 to /32";

const exposure = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("private").meta({ description: "The load balancer has private addresses only." }),
    allowedCidrs: setting(z.array(cidr).default([]), "Ranges that may connect. None: a new VPC's own.", cidrForm),
    clientSecurityGroupIds: setting(
      z.array(z.string().regex(/^sg-[0-9a-f]{8,17}$/)).default([]),
      "Security groups whose members may connect.",
      'ids such as "sg-0a1b2c3d4e5f60718"',
    ),
  }),
  z.strictObject({
    kind: z.literal("public").meta({ description: "Internet-facing, for these ranges." }),
    allowedCidrs: setting(z.array(cidr).min(1), "Ranges that may connect.", `one or more ${cidrForm}`),
  }),
  z.strictObject({
    kind: z.literal("world").meta({ description: "Internet-facing and open to every address. Named on purpose." }),
  }),
]);

const readers = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z
      .literal("endpoint")
      .meta({ description: "Nodes use the reader endpoint: Aurora's DNS chooses a reader for each session." }),
  }),
  z.strictObject({
    kind: z.literal("instances").meta({
      description:
        "Each reader is a backend of its own: sessions are spread evenly, and only those of a reader that goes end. " +
        "Each session holds a connection to every reader.",
    }),
  }),
]);

const dns = z.strictObject({
  zoneId: text(/^Z[A-Z0-9]{5,31}$/, "Route 53 hosted zone.", 'an id such as "Z0123456789ABCDEFGHIJ"'),
  name: text(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    "Name of the endpoint, so that clients can verify a certificate.",
    "a lower-case host name of that zone, such as db.example.com",
  ),
});

const certificate = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z
      .literal("self-signed")
      .meta({ description: "Each node makes its own: encrypted, but nobody can verify it." }),
  }),
  z.strictObject({
    kind: z
      .literal("secret")
      .meta({ description: "All nodes show the one that a secret holds, and follow its changes." }),
    secretArn: text(
      /^arn:aws(-cn|-us-gov)?:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-\w{6}$/,
      "Secret with { certificate, privateKey }, both PEM: the name's own certificate first, then its chain.",
      "the whole ARN of a secret of this region",
    ),
    keyArn: text(
      /^arn:aws(-cn|-us-gov)?:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]{36}$/,
      "Key that encrypts it. Not given: AWS's own, aws/secretsmanager.",
      "the ARN of a KMS key of this region",
    ).optional(),
  }),
]);

/** The fleet of Pgpool-II nodes and its load balancer. */
export const pgpoolSchema = z.strictObject({
  instanceType: setting(
    z
      .string()
      .regex(/^[a-z]+[0-9]+[a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge|metal)$/)
      .default("t3.medium"),
    "EC2 instance type of a node; its architecture must be the image's.",
    "an EC2 instance type such as t3.medium or m7g.large",
  ),
  diskSizeGiB: wholeNumber(8, 16384, 20, "Root volume (gp3, encrypted), GiB."),
  minCapacity: wholeNumber(1, 100, 2, "Fewest nodes."),
  maxCapacity: wholeNumber(1, 100, 4, "Most nodes."),
  desiredCapacity: wholeNumber(1, 100, 2, "Nodes at creation; afterwards scaling decides between the other two."),
  clientsPerNode: setting(
    z.int().min(leastClients).max(mostClients).optional(),
    `Clients that one node serves (num_init_children). Not given: ${usualClients}, or as many as fit (README, Sizes).`,
    `a whole number from ${leastClients} to ${mostClients}, no more than fit`,
  ),
  sessionConsistency: choice(
    consistencies,
    "strong",
    "What a session sees of its own writes. strong: always all of them; after its first write it reads from the writer. " +
      "session-transactions: those made in transactions, in later transactions. eventual: only within a transaction.",
  ),
  readers: readers.prefault({ kind: "endpoint" }),
  settings: tunablesSchema.prefault({}),
  targetCpuPercent: wholeNumber(10, 90, 60, "Average CPU of the nodes that scaling aims at."),
  targetClientsPercent: wholeNumber(10, 90, 70, "Share of clientsPerNode in use that scaling aims at."),
  clientIdleTimeoutSeconds: wholeNumber(
    60,
    6000,
    3600,
    "Idle time after which the load balancer forgets a client; Pgpool closes the session 10 s earlier, with a message.",
  ),
  drainTimeoutSeconds: wholeNumber(
    10,
    3600,
    120,
    "Time that a leaving node gives its sessions, before the load balancer and the node end them.",
  ),
  exposure: exposure.prefault({ kind: "private" }),
  certificate: certificate.prefault({ kind: "self-signed" }),
  dns: dns.optional().describe("A name of your own for the load balancer."),
});
export type Pgpool = z.output<typeof pgpoolSchema>;
export type Exposure = Pgpool["exposure"];

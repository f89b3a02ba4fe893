import * as z from "zod";
import { consistencies } from "./consistency";
import { readerKinds } from "./readers";
import { tunablesSchema } from "./schema/tunables";
import { regionPattern, setting, text } from "./schema/leaf";

const hostName = (means: string): z.ZodString =>
  text(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i, means, "a host name");

const number = (min: number, max: number, means: string): z.ZodInt =>
  setting(z.int().min(min).max(max), means, `a whole number from ${min} to ${max}`);

/** Form of a secret's ARN; `!` is in those of secrets that another service manages. */
const secretArn = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+$/;
const secretForm = "the ARN of a secret in Secrets Manager";

/**
 * All that a node learns at boot; the image knows the rest. ARNs and names only, never a secret. The stack writes it,
 * with values that Terraform fills in; the node agent reads it, and refuses what is missing, unknown or malformed.
 */
export const bootDocumentSchema = z.strictObject({
  version: setting(z.literal(1), "Version of this form: a node refuses one that it does not know.", "1"),
  environment: text(/^[a-z][a-z0-9-]{0,62}$/, "Name of the environment.", "lower-case letters, digits, hyphens"),
  region: text(regionPattern, "AWS region.", "a region's name such as eu-west-1"),
  writerEndpoint: hostName("Cluster endpoint of the database."),
  readerEndpoint: hostName("Reader endpoint of the database."),
  healthDatabase: text(
    /^[A-Za-z_]\w{0,62}$/,
    "Database that health checks ask: it is always there.",
    "a database's name of letters, digits and _",
  ),
  secretArn: text(
    secretArn,
    "Secret with the health user's name and password; the node fetches it itself.",
    secretForm,
  ),
  certificate: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("self-signed") }),
    z.strictObject({
      kind: z.literal("secret"),
      secretArn: text(secretArn, "Secret with the certificate that clients are shown, and its key.", secretForm),
    }),
  ]),
  logGroup: text(/^[\w./#-]{1,512}$/, "CloudWatch log group of the nodes.", "a log group's name"),
  metricsNamespace: text(/^[\w./#-]{1,255}$/, "CloudWatch namespace of the nodes' metrics.", "a namespace's name"),
  autoScalingGroup: text(/^[\w.-]{1,255}$/, "The scaling group that this node is in.", "a scaling group's name"),
  terminationHook: text(/^[\w./-]{1,255}$/, "Lifecycle hook that holds a leaving node.", "a lifecycle hook's name"),
  drainTimeoutSeconds: number(10, 3600, "Time that a leaving node gives its sessions."),
  settings: z.strictObject({
    num_init_children: number(8, 1000, "Clients that the node serves."),
    session_consistency: setting(
      z.enum(consistencies),
      "What a session sees of its own writes.",
      consistencies.join(", "),
    ),
    readers: setting(z.enum(readerKinds), "How the node reaches the readers.", readerKinds.join(", ")),
    tunables: tunablesSchema,
    client_idle_limit: number(0, 6000, "Seconds after which Pgpool ends an idle session; 0 is never."),
  }),
});

/** The boot document; see {@link bootDocumentSchema}. */
export type BootDocument = z.output<typeof bootDocumentSchema>;

import * as z from "zod";
import { alarmsSchema } from "./alarms";
import { databaseSchema } from "./database";
import { imageSchema } from "./image";
import { flag, regionPattern, setting, text } from "./leaf";
import { networkSchema } from "./network";
import { pgpoolSchema } from "./pgpool";
import { pipelineSchema } from "./pipeline";
import { stateSchema } from "./state";

/** Days that CloudWatch Logs can keep a log group (PutRetentionPolicy). */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Every setting of an environment: what it means, what may be written, and its default, each only here. */
export const environmentSchema = z.strictObject({
  region: text(regionPattern, "AWS region.", "a region's name such as eu-west-1, cn-north-1 or us-gov-west-1"),
  accountId: text(/^\d{12}$/, "The only account that may be changed; any other is refused.", "12 digits").optional(),
  owner: text(
    /^(?! )[\p{L}\p{N} _.:/=+@-]{1,256}(?<! )$/u,
    "Who answers for it; the tag Owner.",
    "1 to 256 letters, digits, inner spaces or _.:/=+-@",
  ),
  tags: setting(
    z.record(z.string(), z.string()).default({}),
    "More tags for everything that can have tags.",
    "at most 40 tags { key: value }, not Project, Environment, Stack, Owner or aws:…",
  ),
  deletionProtection: flag(
    true,
    "Keep cluster, keys and load balancer from being deleted, by AWS and by Terraform (prevent_destroy).",
  ),
  logRetentionDays: setting(
    z.literal(retentions).default(365),
    "Days that log groups are kept.",
    `one of ${retentions.join(", ")}`,
  ),
  state: stateSchema,
  network: networkSchema,
  database: databaseSchema.prefault({}),
  pgpool: pgpoolSchema.prefault({}),
  image: imageSchema,
  alarms: alarmsSchema.prefault({}),
  pipeline: pipelineSchema.default({ kind: "none" }),
});

/** An environment as a person writes it: settings that have a default may be left out. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
/** The settings of an environment with all defaults. */
export type Settings = z.output<typeof environmentSchema>;
/** A valid environment; its name is that of its file. */
export type Environment = Settings & {
  readonly name: string;
  readonly pgpool: { readonly clientsPerNode: number };
};

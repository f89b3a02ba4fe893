import * as z from "zod";
import { regionPattern, text } from "./leaf";

/** Where Terraform keeps the state of the stacks. */
export const stateSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("local").meta({ description: "Files under state/ on this machine: for one person, to try it." }),
  }),
  z.strictObject({
    kind: z.literal("s3").meta({ description: "An encrypted bucket with locking (npm run state:bucket makes it)." }),
    bucket: text(
      /^(?!xn--|sthree-|\d+(\.\d+){3}$)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/,
      "The bucket.",
      "3 to 63 lower-case letters, digits, dots or hyphens, not like an IP address",
    ),
    region: text(regionPattern, "The bucket's region.", "a region's name such as eu-west-1"),
    kmsKeyArn: text(
      /^arn:aws(-cn|-us-gov)?:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]{36}$/,
      "Key that encrypts the state. Not given: SSE-S3.",
      "the ARN of a KMS key in the bucket's region",
    ).optional(),
  }),
]);
export type State = z.output<typeof stateSchema>;

import * as z from "zod";
import { choice, regionPattern, setting, text, wholeNumber } from "../schema/leaf";
import { osSchema } from "./os";
import { gitSource } from "./source";

const kmsKey = /^(arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/)?[\w/-]{1,256}$/;

const network = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("default-vpc").meta({ description: "The account's default VPC." }) }),
  z.strictObject({
    kind: z.literal("subnet").meta({ description: "A given subnet, with a way to the internet." }),
    vpcId: text(/^vpc-[0-9a-f]{8,17}$/, "The subnet's VPC.", 'an id such as "vpc-0a1b2c3d4e5f60718"'),
    subnetId: text(/^subnet-[0-9a-f]{8,17}$/, "The subnet.", 'an id such as "subnet-0a1b2c3d4e5f60718"'),
    publicIp: setting(z.boolean().default(false), "Give the builder a public address.", "true, false"),
  }),
]);

const encryption = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("default").meta({ description: "The account's default key for EBS." }) }),
  z.strictObject({
    kind: z.literal("key").meta({ description: "A key of your own: needed to share the image." }),
    keyId: text(kmsKey, "The key in the build's region.", "a KMS key's id, ARN or alias"),
  }),
]);

const sharing = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("private").meta({ description: "Only this account." }) }),
  z.strictObject({
    kind: z.literal("accounts").meta({ description: "Some accounts." }),
    accountIds: setting(
      z.array(z.string().regex(/^\d{12}$/)).min(1),
      "Accounts that may boot it.",
      "account ids of 12 digits",
    ),
  }),
  z.strictObject({
    kind: z.literal("organization").meta({ description: "Every account of an organization." }),
    arn: text(
      /^arn:aws[\w-]*:organizations::\d{12}:organization\/o-[a-z0-9]{10,32}$/,
      "ARN of the organization.",
      "arn:aws:organizations::<account>:organization/o-<id>",
    ),
  }),
]);

const databaseCertificates = z.strictObject({
  url: text(
    /^(https:\/\/[\w.-]+(:\d+)?|file:\/\/)(\/[\w.~+@-]+)+$/,
    "Certificates of the authorities that sign the database's own (in China and GovCloud: the partition's bundle).",
    "an https:// or file:/// URL of a PEM file",
  ).default("https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem"),
  sha256: text(
    /^[0-9a-f]{64}$/,
    "Its checksum, where it shall be pinned; without one HTTPS is trusted.",
    "64 hexadecimal digits",
  ).optional(),
});

const copy = z.strictObject({ region: z.string().regex(regionPattern), keyId: z.string().regex(kmsKey).optional() });

/** Every setting of an image: what it means, what may be written, and its default, each only here. */
export const imageBuildSchema = z.strictObject({
  region: text(regionPattern, "Region in which it is built.", "a region's name such as eu-west-1"),
  architecture: choice(["x86_64", "arm64"], "x86_64", "Architecture of the image."),
  instanceType: text(/^[a-z][a-z0-9-]*\.[a-z0-9]+$/, "Type of the builder.", "an instance type such as m7i.large"),
  os: osSchema,
  pgdoctor: z
    .strictObject(gitSource("https://github.com/WangYunzhang/pgdoctor.git", "5815d238f768d0cd631aee48e511aa7eee006d01"))
    .prefault({}),
  databaseCertificates: databaseCertificates.prefault({}),
  network: network.prefault({ kind: "default-vpc" }),
  rootVolumeGiB: wholeNumber(8, 200, 10, "Size of the root volume (gp3), in GiB."),
  encryption: encryption.prefault({ kind: "default" }),
  copies: setting(
    z.array(copy).max(20).default([]),
    "More regions that get the image, each with its own key where encryption is by key.",
    "a list of { region, keyId? }",
  ),
  sharing: sharing.prefault({ kind: "private" }),
  deprecateAfterDays: setting(
    z.int().min(1).max(3650).optional(),
    "Days from the build after which AWS shows the image as deprecated.",
    "a whole number from 1 to 3650",
  ),
  tags: setting(
    z.record(z.string(), z.string()).default({}),
    "More tags for image, snapshots, builder and its volumes.",
    "at most 30 tags { key: value }, none of the image's own and not aws:…",
  ),
});

/** An image as a person writes it. */
export type ImageBuildInput = z.input<typeof imageBuildSchema>;
/** A valid image with all defaults; its name is that of its entry in config/image/images.ts. */
export type ImageBuild = z.output<typeof imageBuildSchema> & { readonly name: string };

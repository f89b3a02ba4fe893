import * as z from "zod";
import { cidr, setting, text } from "../schema/leaf";

/** How packer reaches the builder without any open port. */
export const sessionManager = z.strictObject({
  kind: z.literal("session-manager").meta({ description: "Through Session Manager: no port of the builder is open." }),
  instanceProfile: text(
    /^[\w+=,.@-]{1,128}$/,
    "Instance profile with AmazonSSMManagedInstanceCore; without one packer makes a temporary profile.",
    "the name of an instance profile",
  ).optional(),
});

const from = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z
      .literal("caller")
      .meta({ description: "The public address of the machine that runs packer, asked at build time." }),
  }),
  z.strictObject({
    kind: z.literal("cidrs").meta({ description: "The given ranges." }),
    cidrs: setting(
      z.array(cidr).min(1).max(20),
      "Ranges from which SSH is allowed.",
      "1 to 20 IPv4 CIDRs from /16 to /32",
    ),
  }),
]);

/** SSH to the builder, from few addresses. */
export const ssh = z.strictObject({
  kind: z.literal("ssh").meta({ description: "Through SSH, from few addresses: never from everywhere." }),
  from: from.prefault({ kind: "caller" }),
  address: setting(
    z.enum(["public", "private"]).default("public"),
    "The builder's address that packer dials.",
    '"public", "private"',
  ),
});

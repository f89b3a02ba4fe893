import * as z from "zod";
import { text } from "../schema/leaf";
import { sessionManager, ssh } from "./access";
import { pgpoolFromPackage, pgpoolFromSource } from "./source";

const cloudWatchAgent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none").meta({ description: "Logs stay in the journal." }) }),
  z.strictObject({
    kind: z.literal("download").meta({ description: "A package from a URL, trusted by its checksum." }),
    url: text(
      /^https:\/\/[\w.-]+(:\d+)?(\/[\w.~+@-]+)+\.deb$/,
      "The agent's package for this architecture.",
      "an https:// URL that ends in .deb",
    ),
    sha256: text(/^[0-9a-f]{64}$/, "Checksum of the package.", "64 hexadecimal digits"),
  }),
]);

/** The distribution, with the choices that it leaves. */
export const osSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("al2023").meta({ description: "Amazon Linux 2023." }),
    access: z.discriminatedUnion("kind", [sessionManager, ssh]).prefault({ kind: "session-manager" }),
    pgpool: z.discriminatedUnion("kind", [pgpoolFromSource]).prefault({ kind: "source" }),
  }),
  z.strictObject({
    kind: z.literal("debian-13").meta({ description: "Debian 13." }),
    // Debian's images have no SSM agent, so no Session Manager.
    access: z.discriminatedUnion("kind", [ssh]).prefault({ kind: "ssh" }),
    pgpool: z.discriminatedUnion("kind", [pgpoolFromPackage, pgpoolFromSource]).prefault({ kind: "package" }),
    // Debian's archive has neither agent.
    cloudWatchAgent: cloudWatchAgent.prefault({ kind: "none" }),
  }),
]);
export type Os = z.output<typeof osSchema>;

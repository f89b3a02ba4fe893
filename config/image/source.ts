import * as z from "zod";
import { setting, text } from "../schema/leaf";

/** An absolute URL of a git repository; nothing that a shell or HCL would have to escape. */
const gitUrl = /^(https:\/\/[\w.-]+(:\d+)?|file:\/\/)(\/[\w.~+@-]+)+\/?$/;

/** A git repository, pinned by commit: the commit's hash is what makes the download trustworthy, not the URL. */
export const gitSource = (url: string, commit: string) => ({
  url: setting(
    z.string().regex(gitUrl).default(url),
    "The git repository; a mirror will do, the commit decides.",
    "an https:// or file:/// URL, such as https://github.com/pgpool/pgpool2.git",
  ),
  commit: setting(
    z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .default(commit),
    "The commit that is built; anything else fails the build.",
    "the 40 hexadecimal digits of a commit",
  ),
});

/** Pgpool-II, built on the builder from its git repository. */
export const pgpoolFromSource = z.strictObject({
  kind: z.literal("source").meta({ description: "Pgpool-II is built from a pinned commit." }),
  ...gitSource("https://github.com/pgpool/pgpool2.git", "a57e1ef11dbcbdeaa8d2774209b38a433b1ca2fe"),
  version: text(/^\d+\.\d+\.\d+$/, "Version that the built pgpool must report.", 'a version such as "4.7.2"').default(
    "4.7.2",
  ),
});

/** Pgpool-II as the distribution packages it. */
export const pgpoolFromPackage = z.strictObject({
  kind: z.literal("package").meta({ description: "Pgpool-II is the distribution's signed package." }),
  version: text(/^\d+\.\d+\.\d+$/, "Version that the package must have.", 'a version such as "4.6.1"').default("4.6.1"),
});

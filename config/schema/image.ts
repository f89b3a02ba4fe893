import * as z from "zod";
import { manifestPath } from "../packer-manifest";
import { choice, setting, text } from "./leaf";

const architecture = choice(["x86_64", "arm64"], "x86_64", "Architecture of the image.");

/** Where the nodes' machine image comes from. */
export const imageSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("id").meta({ description: "One image, pinned by its id." }),
    id: text(/^ami-[0-9a-f]{8,17}$/, "The image.", 'an id such as "ami-0a1b2c3d4e5f60718"'),
    architecture,
  }),
  z.strictObject({
    kind: z.literal("manifest").meta({ description: "The last build in the manifest that packer wrote." }),
    path: setting(
      z.string().min(1).default(manifestPath),
      "The manifest, from the project's root.",
      "a path of an existing file",
    ),
    architecture,
  }),
  z.strictObject({
    kind: z.literal("parameter").meta({ description: "An SSM parameter, read at plan time." }),
    name: text(
      /^\/[\w./-]{1,1010}$/,
      "The SSM parameter.",
      "a name that starts with /, such as /pgpool-aurora/image/x86_64",
    ),
    architecture,
  }),
  z.strictObject({
    kind: z
      .literal("lookup")
      .meta({ description: "The newest image of an owner with these tags, found at plan time." }),
    owner: text(/^(self|amazon|\d{12})$/, "Who owns the image.", '"self", "amazon" or an account id of 12 digits'),
    tags: setting(
      z.record(z.string().min(1), z.string()).refine((tags) => Object.keys(tags).length > 0),
      "Tags that the image must have.",
      "at least one tag, { key: value }",
    ),
    architecture,
  }),
]);
export type Image = z.output<typeof imageSchema>;

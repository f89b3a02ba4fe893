import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { stackNames } from "../../config/state";
import { Refusal } from "../report-error";

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What `npm run plan` writes into DIR/private/manifest.json, as far as an apply needs it. */
const manifestSchema = z.object({
  environment: z.string(),
  /** Commit that was planned. */
  commit: z.string().nullable(),
  /** In the order of deployment. */
  stacks: z.array(
    z.object({
      stack: z.enum(stackNames),
      /** Name of the plan file, beside the manifest. */
      planFile: z.string().regex(/^[\w.-]+$/),
      planSha256: digest,
      /** Of the synthesized cdk.tf.json. */
      jsonSha256: digest,
      /** Which state was planned upon; null where there was none. */
      state: z.object({ lineage: z.string(), serial: z.int() }).nullable(),
      /** Whether exactly this plan may be applied. */
      applicable: z.boolean(),
      /** Why it may not. */
      reservations: z.array(z.string()),
    }),
  ),
});
export type Manifest = z.output<typeof manifestSchema>;
export type PlannedStack = Manifest["stacks"][number];

/** Name of the manifest in the folder of the plan files. */
export const manifestFile = "manifest.json";

export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** @throws {@link Refusal} when there is no plan in the folder, or it is of another form. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, manifestFile);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new Refusal(`there is no ${path}: run npm run plan first`);
  }
  const parsed = manifestSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Refusal(`${path} is not what npm run plan writes: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { stackNames } from "../../config/state";
import { Refusal } from "../report-error";

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What `npm run plan` writes into DIR/private/manifest.json: all that an apply must find as it was. */
const manifestSchema = z.object({
  formatVersion: z.literal(1),
  environment: z.string(),
  commit: z.string().nullable(),
  /** Whether the work tree differed from the commit. */
  uncommitted: z.boolean(),
  stacks: z.array(
    z.object({
      stack: z.enum(stackNames),
      changes: z.boolean(),
      applicable: z.boolean(),
      /** Why it may not be applied; null if it may. */
      reason: z.string().nullable(),
      /** Beside the manifest; null for a plan that may not be applied, which is not kept. */
      planFile: z
        .string()
        .regex(/^[\w-]+\.tfplan$/)
        .nullable(),
      planSha256: digest.nullable(),
      /** Of the stack's cdk.tf.json. */
      synthesizedSha256: digest,
      /** The state that the plan is for; null if there was none. */
      state: z.object({ lineage: z.string(), serial: z.int() }).nullable(),
    }),
  ),
});
export type Manifest = z.output<typeof manifestSchema>;
export type ManifestStack = Manifest["stacks"][number];

/** Name of the manifest in the folder of the plan files. */
export const manifestFile = "manifest.json";

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

/** Names of the plan files that there are, beside the manifest. */
export const planFiles = ({ stacks }: Manifest): string[] => stacks.flatMap(({ planFile }) => planFile ?? []);

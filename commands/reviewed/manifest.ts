import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { stackNames } from "../../config/state";
import { Refusal } from "../report-error";

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What `npm run plan` writes into DIR/private/manifest.json (plan-folder.ts), as far as an apply needs it. */
const manifestSchema = z.object({
  formatVersion: z.literal(1),
  environment: z.string(),
  commit: z.string().nullable(),
  stacks: z.array(
    z.object({
      stack: z.enum(stackNames),
      changes: z.boolean(),
      applicable: z.boolean(),
      reason: z.string().nullable(),
      planFile: z
        .string()
        .regex(/^[\w-]+\.tfplan$/)
        .nullable(),
      planSha256: digest.nullable(),
      synthesizedSha256: digest,
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

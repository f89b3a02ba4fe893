import * as z from "zod";

/** Where packer writes what it has built, and where the pgpool stack looks for it unless its environment says otherwise. */
export const manifestPath = "packer/manifest.json";

/** The part of packer's manifest that matters here (Packer, post-processor "manifest"). */
export const manifestSchema = z.object({
  last_run_uuid: z.string(),
  builds: z.array(
    z.object({
      packer_run_uuid: z.string(),
      artifact_id: z.string(),
      custom_data: z.record(z.string(), z.string()).nullish(),
    }),
  ),
});

import { readFileSync } from "node:fs";
import * as z from "zod";

/** Where the pgpool stack looks for the last build, unless its environment says otherwise. */
export const manifestPath = "packer/manifest.json";

const schema = z.object({
  last_run_uuid: z.string(),
  builds: z.array(z.object({ packer_run_uuid: z.string(), artifact_id: z.string() })),
});

/** The image ids of the last build, by region. */
export function lastBuild(path: string): ReadonlyMap<string, string> {
  const { builds, last_run_uuid: last } = schema.parse(JSON.parse(readFileSync(path, "utf8")));
  const artifacts = builds.filter((build) => build.packer_run_uuid === last).flatMap((b) => b.artifact_id.split(","));
  return new Map(
    artifacts.map((artifact): [string, string] => {
      const [region = "", id = ""] = artifact.split(":");
      return [region, id];
    }),
  );
}

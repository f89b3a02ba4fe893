import { readFileSync } from "node:fs";
import { manifestSchema } from "../config/packer-manifest";

/** The image ids of the last build, by region. */
export function lastBuild(path: string): ReadonlyMap<string, string> {
  const { builds, last_run_uuid: last } = manifestSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  const artifacts = builds.filter((build) => build.packer_run_uuid === last).flatMap((b) => b.artifact_id.split(","));
  return new Map(
    artifacts.map((artifact): [string, string] => {
      const [region = "", id = ""] = artifact.split(":");
      return [region, id];
    }),
  );
}

import { existsSync, readFileSync } from "node:fs";
import type { Fault } from "./fault";
import { manifestSchema } from "./packer-manifest";
import type { Image } from "./schema/image";

type ManifestImage = Extract<Image, { kind: "manifest" }>;

/**
 * The id of an architecture's last build for a region, or what is wrong with the manifest. Each architecture is built by
 * a run of its own, so the last run alone would forget the other one.
 */
export function imageFromManifest(image: ManifestImage, region: string): string | Fault {
  const fault = (allowed: string, remedy: string): Fault => ({ path: "image.path", got: image.path, allowed, remedy });
  if (!existsSync(image.path)) {
    return fault(
      "a manifest that packer has written",
      "build an image first, or choose image by id, parameter or lookup",
    );
  }
  const manifest = manifestSchema.safeParse(parseJson(readFileSync(image.path, "utf8")));
  if (!manifest.success) return fault("a packer manifest (JSON)", "it cannot be read as one: build the image again");
  const builds = manifest.data.builds.filter(
    ({ custom_data: data }) => (data?.architecture ?? image.architecture) === image.architecture,
  );
  const ids = builds
    .filter((build) => build.packer_run_uuid === builds.at(-1)?.packer_run_uuid)
    .flatMap((build) => build.artifact_id.split(","))
    .filter((artifact) => artifact.startsWith(`${region}:ami-`))
    .map((artifact) => artifact.slice(region.length + 1));
  const [id] = ids;
  if (id !== undefined) return id;
  return fault(
    `a last build with an ${image.architecture} image in ${region}`,
    `build one for ${region}, or copy it there`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

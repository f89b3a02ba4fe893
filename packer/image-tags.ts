import type { ownTags } from "../config/image/own-tags";
import { projectTag } from "../config/project-tag";
import type { ImageBuild } from "../config/image/schema";
import { HclExpression, type HclValue } from "../render/hcl";

type OwnTag = (typeof ownTags)[number];
type SourceTag = "SourceAmi" | "SourceAmiName";

/** Tags of the builder and its volumes, which packer removes after the build. The expressions are the build's. */
export function builderTags(image: ImageBuild, configurationHash: string): Record<string, HclValue> {
  const { pgpool } = image.os;
  const own: Record<Exclude<OwnTag, SourceTag>, HclValue> = {
    Name: `${projectTag} builder of ${image.name}`,
    Project: projectTag,
    Image: image.name,
    Os: image.os.kind,
    Architecture: image.architecture,
    PgpoolVersion: pgpool.version,
    PgpoolSource: pgpool.kind === "source" ? pgpool.commit : "package",
    PgdoctorCommit: image.pgdoctor.commit,
    ConfigurationHash: configurationHash,
    GitCommit: new HclExpression("var.git_commit"),
    CreatedAt: new HclExpression("local.created"),
  };
  return { ...image.tags, ...own };
}

/** Tags of the image and its snapshots; packer fills in what it started from. */
export function imageTags(image: ImageBuild, configurationHash: string): Record<string, HclValue> {
  const source: Record<SourceTag, string> = { SourceAmi: "{{ .SourceAMI }}", SourceAmiName: "{{ .SourceAMIName }}" };
  return { ...builderTags(image, configurationHash), Name: new HclExpression("local.name"), ...source };
}

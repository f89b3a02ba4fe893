import { type ownTags, projectTag } from "../config/image/own-tags";
import type { ImageBuild } from "../config/image/schema";
import { HclExpression, type HclValue } from "../render/hcl";

type OwnTag = (typeof ownTags)[number];

/** Tags of the image and its snapshots. Those with `{{ }}` and the expressions are filled in by the build. */
export function imageTags(image: ImageBuild, configurationHash: string): Record<string, HclValue> {
  const { pgpool } = image.os;
  const own: Record<OwnTag, HclValue> = {
    Name: new HclExpression("local.name"),
    Project: projectTag,
    Image: image.name,
    Os: image.os.kind,
    Architecture: image.architecture,
    PgpoolVersion: pgpool.version,
    PgpoolSource: pgpool.kind === "source" ? pgpool.commit : "package",
    PgdoctorCommit: image.pgdoctor.commit,
    ConfigurationHash: configurationHash,
    GitCommit: new HclExpression("var.git_commit"),
    SourceAmi: "{{ .SourceAMI }}",
    SourceAmiName: "{{ .SourceAMIName }}",
    CreatedAt: new HclExpression("local.created"),
  };
  return { ...image.tags, ...own };
}

/** Tags of the builder and its volumes, which packer removes after the build. */
export function builderTags(image: ImageBuild): Record<string, HclValue> {
  return { ...image.tags, Name: `${projectTag} builder of ${image.name}`, Project: projectTag, Image: image.name };
}

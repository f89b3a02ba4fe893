import { projectTag } from "../config/project-tag";
import type { ImageBuild } from "../config/image/schema";
import { HclExpression, interpolated, type HclBlock } from "../render/hcl";
import { imageSource } from "./image-source";
import { filesOnBuilder, type Step } from "./steps";

/** The plugin that was tested; a build never takes another one. */
const amazonPlugin = { version: "1.8.1", source: "github.com/hashicorp/amazon" };

/** The template of an image: what `packer build` reads. Nothing in it depends on when or where it was written. */
export function imageTemplate(image: ImageBuild, configurationHash: string, steps: readonly Step[]): HclBlock[] {
  return [
    { type: "packer", blocks: [{ type: "required_plugins", attributes: { amazon: amazonPlugin } }] },
    textVariable("git_commit", "Commit of this project from which the image is built.", "unknown"),
    textVariable("manifest", "File to which the build's result is added.", "manifest.json"),
    textVariable("sbom", "File to which the image's bill of materials is written.", `${image.name}.cdx.json`),
    {
      type: "locals",
      attributes: {
        created: new HclExpression("timestamp()"),
        name: interpolated(
          `${projectTag}-${image.name}-${image.os.pgpool.version}-`,
          new HclExpression('formatdate("YYYYMMDDhhmmss", timestamp())'),
        ),
        steps: steps.map((step) => step.name).join(" "),
      },
    },
    imageSource(image, configurationHash),
    {
      type: "build",
      attributes: { sources: ["source.amazon-ebs.image"] },
      blocks: [
        ...upload,
        ...steps.flatMap((step) => provisioner(image, step)),
        shell(`sudo rm -rf ${filesOnBuilder}`),
        manifest(image, configurationHash),
      ],
    },
  ];
}

const textVariable = (name: string, description: string, preset: string): HclBlock => ({
  type: "variable",
  labels: [name],
  attributes: { type: new HclExpression("string"), description, default: preset },
});

const inTemplate = (path: string): HclExpression => interpolated(new HclExpression("path.root"), `/${path}`);

function shell(command: string): HclBlock {
  return { type: "provisioner", labels: ["shell"], attributes: { inline: [command] } };
}

/** The folder is made first: without it the upload would merge the tree's first level. */
const upload: readonly HclBlock[] = [
  shell(`mkdir -p ${filesOnBuilder}`),
  {
    type: "provisioner",
    labels: ["file"],
    attributes: { source: inTemplate("files/"), destination: `${filesOnBuilder}/` },
  },
];

function provisioner(image: ImageBuild, { name, inputs, download }: Step): HclBlock[] {
  const common = {
    IMAGE_FILES: filesOnBuilder,
    OS: image.os.kind,
    STEP: name,
    STEPS: new HclExpression("local.steps"),
  };
  const script: HclBlock = {
    type: "provisioner",
    labels: ["shell"],
    attributes: {
      script: inTemplate(`files/provisioners/${name}.sh`),
      env: { ...common, ...inputs },
      execute_command: "sudo env {{ .Vars }} bash '{{ .Path }}'",
    },
  };
  if (download === undefined) return [script];
  const attributes = {
    direction: "download",
    source: download.path,
    destination: new HclExpression(`var.${download.variable}`),
  };
  return [script, { type: "provisioner", labels: ["file"], attributes }];
}

/** What a stack with `image: { kind: "manifest" }` reads; it goes by region and `architecture`. */
const manifest = (image: ImageBuild, configurationHash: string): HclBlock => ({
  type: "post-processor",
  labels: ["manifest"],
  attributes: {
    output: new HclExpression("var.manifest"),
    strip_path: true,
    custom_data: {
      image: image.name,
      os: image.os.kind,
      architecture: image.architecture,
      pgpool_version: image.os.pgpool.version,
      pgdoctor_commit: image.pgdoctor.commit,
      configuration_hash: configurationHash,
      git_commit: new HclExpression("var.git_commit"),
      source_ami: interpolated(new HclExpression("build.SourceAMI")),
    },
  },
});

import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { dirname, join } from "node:path";
import { defaultImage } from "../config/image/images";
import { loadImage } from "../config/image/load-image";
import { manifestPath } from "../config/packer-manifest";
import { lastBuild } from "../packer/manifest";
import { writeTemplate } from "../packer/written-template";
import { readArguments } from "./arguments";
import { refusal } from "./aws-errors";
import { imageHelp } from "./image-option";
import { checkTemplate, packer } from "./packer";
import { report, UsageError } from "./report-error";
import { workTree } from "./work-tree";

const help = `npm run image:build [-- --image NAME] [--output DIR] [--publish PARAMETER]

Builds an image in AWS, with the credentials and the profile of your environment. Its id is added to
${manifestPath}, where a pgpool stack with image { kind: "manifest" } finds it.

${imageHelp}
  --output DIR   where the template is written (default: packer/build/NAME)
  --publish PARAMETER
                 also write the id to this SSM parameter, such as /pgpool-aurora/image/x86_64,
                 in the image's region and in each region that it is copied to
  --help         this text`;

/** The commit of this project, marked where files differ from it. */
function gitCommit(): string {
  const { commit, uncommitted } = workTree();
  return commit === null ? "unknown" : `${commit}${uncommitted ? "-changed" : ""}`;
}

async function publish(name: string, region: string, id: string): Promise<void> {
  const parameter = { Name: name, Value: id, Type: "String", DataType: "aws:ec2:image", Overwrite: true } as const;
  try {
    await new SSMClient({ region }).send(new PutParameterCommand(parameter));
  } catch (error) {
    throw refusal(error, `the image ${id} is there, the parameter ${name} in ${region} is not`);
  }
  console.log(`  ${region.padEnd(16)}${name} = ${id}`);
}

async function main(): Promise<void> {
  const options = readArguments(help, ["image", "output", "publish"]);
  if (options === undefined) return;
  if (options.publish !== undefined && !/^\/[\w./-]{1,1010}$/.test(options.publish)) {
    throw new UsageError(`--publish ${options.publish}: the name of a parameter starts with /\n\n${help}`);
  }
  const image = loadImage(options.image ?? defaultImage);
  const { folder } = writeTemplate(image, process.cwd(), options.output);
  checkTemplate(folder);
  const sbom = join(dirname(manifestPath), `${image.name}.cdx.json`);
  const variables = { git_commit: gitCommit(), manifest: manifestPath, sbom };
  packer(["build", ...Object.entries(variables).flatMap(([name, value]) => ["-var", `${name}=${value}`]), folder]);

  const built = lastBuild(manifestPath);
  console.log(`\nImage ${image.name} (${manifestPath}; bill of materials ${sbom}):`);
  for (const [region, id] of built) console.log(`  ${region.padEnd(16)}${id}`);
  if (options.publish === undefined) return;
  console.log("Published:");
  for (const [region, id] of built) await publish(options.publish, region, id);
}

main().catch(report);

import {
  paginateDescribeImages,
  paginateDescribeInstances,
  paginateDescribeLaunchTemplates,
  paginateDescribeLaunchTemplateVersions,
  type EC2Client,
  type Image,
} from "@aws-sdk/client-ec2";
import { projectTag } from "../config/project-tag";
import type { BuiltImage } from "../packer/old-images";

/** Every image of ours in a region. */
export async function builtImages(client: EC2Client): Promise<BuiltImage[]> {
  const filter = { Owners: ["self"], Filters: [{ Name: "tag:Project", Values: [projectTag] }] };
  const found: BuiltImage[] = [];
  for await (const { Images = [] } of paginateDescribeImages({ client }, filter)) found.push(...Images.map(describe));
  return found;
}

function describe({ ImageId, Architecture, CreationDate, BlockDeviceMappings = [], Tags = [] }: Image): BuiltImage {
  const tag = (key: string): string => Tags.find(({ Key }) => Key === key)?.Value ?? "?";
  return {
    id: ImageId ?? "?",
    image: tag("Image"),
    architecture: Architecture ?? "?",
    pgpoolVersion: tag("PgpoolVersion"),
    created: CreationDate ?? "?",
    snapshotIds: BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []),
  };
}

/** The images that something may still boot or runs from, each with what that is. */
export async function imagesInUse(client: EC2Client): Promise<Map<string, string>> {
  const uses = new Map<string, string>();
  const states = ["pending", "running", "stopping", "stopped"];
  const filter = { Filters: [{ Name: "instance-state-name", Values: states }] };
  for await (const { Reservations = [] } of paginateDescribeInstances({ client }, filter)) {
    for (const { ImageId, InstanceId } of Reservations.flatMap(({ Instances = [] }) => Instances)) {
      uses.set(ImageId ?? "?", `instance ${InstanceId ?? "?"} runs from it`);
    }
  }
  for (const id of await launchTemplates(client)) {
    // Without ResolveAlias a version that names an SSM parameter would not say which image that is today.
    const request = { LaunchTemplateId: id, ResolveAlias: true };
    for await (const page of paginateDescribeLaunchTemplateVersions({ client }, request)) {
      for (const { LaunchTemplateData, LaunchTemplateName, VersionNumber } of page.LaunchTemplateVersions ?? []) {
        const use = `launch template ${LaunchTemplateName ?? id}, version ${VersionNumber ?? "?"}`;
        if (LaunchTemplateData?.ImageId !== undefined) uses.set(LaunchTemplateData.ImageId, use);
      }
    }
  }
  return uses;
}

async function launchTemplates(client: EC2Client): Promise<string[]> {
  const found: string[] = [];
  for await (const { LaunchTemplates = [] } of paginateDescribeLaunchTemplates({ client }, {})) {
    found.push(...LaunchTemplates.flatMap(({ LaunchTemplateId }) => LaunchTemplateId ?? []));
  }
  return found;
}

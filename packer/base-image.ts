import type { Architecture } from "../config/architecture";
import type { ImageBuild } from "../config/image/schema";
import { partitionOf } from "../config/partition";

/** The image that a build starts from. */
export interface BaseImage {
  readonly owner: string;
  /** Pattern of its name. */
  readonly name: string;
  /** Who logs in by SSH. */
  readonly user: string;
  readonly rootDevice: string;
}

const debianArchitecture = { x86_64: "amd64", arm64: "arm64" } satisfies Record<Architecture, string>;

/** Debian's accounts, by partition (wiki.debian.org/Cloud/AmazonEC2Image). */
const debianAccount = { aws: "136693071363", "aws-cn": "336777782633" };

/** The base of an image. Minimal and ECS flavours of Amazon Linux have other names, so they never match. */
export function baseImage({ os, architecture, region }: ImageBuild): BaseImage {
  if (os.kind === "al2023") {
    const name = `al2023-ami-2023.*-kernel-6.1-${architecture}`;
    return { owner: "amazon", name, user: "ec2-user", rootDevice: "/dev/xvda" };
  }
  const owner = partitionOf(region).name === "aws-cn" ? debianAccount["aws-cn"] : debianAccount.aws;
  const name = `debian-13-${debianArchitecture[architecture]}-*`;
  return { owner, name, user: "admin", rootDevice: "/dev/xvda" };
}

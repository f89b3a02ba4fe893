import type { ImageBuild } from "../config/image/schema";
import type { HclBlock } from "../render/hcl";

type Attributes = NonNullable<HclBlock["attributes"]>;

/** What a part of the template adds to the source block. */
export interface SourcePart {
  readonly attributes: Attributes;
  readonly blocks: readonly HclBlock[];
}

/** What the SSM agent calls for a session (AmazonSSMManagedInstanceCore, less what sessions do not need). */
const sessionActions = [
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];

const temporaryProfile: HclBlock = {
  type: "temporary_iam_instance_profile_policy_document",
  attributes: { Version: "2012-10-17" },
  // The agent's calls know no resource.
  blocks: [{ type: "Statement", attributes: { Effect: "Allow", Action: sessionActions, Resource: ["*"] } }],
};

/** How packer reaches the builder. */
export function builderAccess({ os: { access } }: ImageBuild): SourcePart {
  if (access.kind === "session-manager") {
    const { instanceProfile } = access;
    return {
      attributes: { ssh_interface: "session_manager", iam_instance_profile: instanceProfile },
      blocks: instanceProfile === undefined ? [temporaryProfile] : [],
    };
  }
  const { address, from } = access;
  return {
    attributes: {
      ssh_interface: address === "public" ? "public_ip" : "private_ip",
      // Without one of these two packer opens the port to 0.0.0.0/0.
      ...(from.kind === "caller"
        ? { temporary_security_group_source_public_ip: true }
        : { temporary_security_group_source_cidrs: from.cidrs }),
    },
    blocks: [],
  };
}

/** Where the builder stands. */
export function builderNetwork({ network }: ImageBuild): Attributes {
  if (network.kind === "default-vpc") return {};
  return { vpc_id: network.vpcId, subnet_id: network.subnetId, associate_public_ip_address: network.publicIp };
}

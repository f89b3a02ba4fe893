import type { ImageBuild } from "../config/image/schema";
import { HclExpression, type HclBlock } from "../render/hcl";
import { baseImage } from "./base-image";
import { builderAccess, builderNetwork } from "./builder-access";
import { builderTags, imageTags } from "./image-tags";

/** The `source` block: from which image, on what builder, into what image. */
export function imageSource(image: ImageBuild, configurationHash: string): HclBlock {
  const base = baseImage(image);
  const access = builderAccess(image);
  const tags = imageTags(image, configurationHash);
  return {
    type: "source",
    labels: ["amazon-ebs", "image"],
    attributes: {
      region: image.region,
      instance_type: image.instanceType,
      ...builderNetwork(image),
      ...access.attributes,
      communicator: "ssh",
      ssh_username: base.user,
      ssh_timeout: "10m",
      // Off: in this plugin each keep-alive of a finished command loops for ever at full speed (docs/decisions).
      ssh_keep_alive_interval: "-1s",
      temporary_key_pair_type: "ed25519",
      shutdown_behavior: "terminate",
      ami_name: new HclExpression("local.name"),
      ami_description: `Pgpool-II ${image.os.pgpool.version} and pgdoctor in front of Aurora PostgreSQL, on ${image.os.kind}`,
      imds_support: "v2.0",
      encrypt_boot: true,
      kms_key_id: image.encryption.kind === "key" ? image.encryption.keyId : undefined,
      ...distribution(image),
      run_tags: builderTags(image, configurationHash),
      run_volume_tags: builderTags(image, configurationHash),
      // The image has its own tags; the builder's must not be copied over them.
      skip_ami_run_tags: true,
      tags,
      snapshot_tags: tags,
    },
    blocks: [
      {
        type: "source_ami_filter",
        attributes: {
          owners: [base.owner],
          most_recent: true,
          filters: {
            name: base.name,
            architecture: image.architecture,
            "root-device-type": "ebs",
            "virtualization-type": "hvm",
            state: "available",
          },
        },
      },
      {
        type: "metadata_options",
        attributes: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
      },
      {
        type: "launch_block_device_mappings",
        attributes: {
          device_name: base.rootDevice,
          volume_type: "gp3",
          volume_size: image.rootVolumeGiB,
          delete_on_termination: true,
        },
      },
      ...access.blocks,
    ],
  };
}

/** In which regions, for whom and for how long. */
function distribution(image: ImageBuild): NonNullable<HclBlock["attributes"]> {
  const { copies, encryption, sharing, deprecateAfterDays: days } = image;
  const keys = copies.map(({ region, keyId = "" }) => [region, keyId] as const);
  const isKeyed = encryption.kind === "key" && copies.length > 0;
  return {
    ami_regions: copies.length > 0 ? copies.map(({ region }) => region) : undefined,
    region_kms_key_ids: isKeyed ? Object.fromEntries(keys) : undefined,
    ami_users: sharing.kind === "accounts" ? sharing.accountIds : undefined,
    snapshot_users: sharing.kind === "accounts" ? sharing.accountIds : undefined,
    ami_org_arns: sharing.kind === "organization" ? [sharing.arn] : undefined,
    deprecate_at: days === undefined ? undefined : new HclExpression(`timeadd(local.created, "${days * 24}h")`),
  };
}

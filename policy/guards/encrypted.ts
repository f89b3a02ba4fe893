import type { Block } from "../terraform-json";
import { nested, type Named, resources } from "../blocks";
import { type Guard, resource } from "../guard";

/** Where each type says which key it is encrypted with; a path of blocks, then the argument. */
const keysOf: Readonly<Record<string, readonly (readonly string[])[]>> = {
  aws_backup_vault: [["kms_key_arn"]],
  aws_cloudwatch_log_group: [["kms_key_id"]],
  aws_launch_template: [["block_device_mappings", "ebs", "kms_key_id"]],
  aws_rds_cluster: [["kms_key_id"], ["master_user_secret_kms_key_id"]],
  aws_rds_cluster_instance: [["performance_insights_kms_key_id"]],
  aws_sns_topic: [["kms_master_key_id"]],
};

/** A key of ours, in this stack or from another one; never AWS's own, which no policy of ours governs. */
const ourKey = /^\$\{(aws_kms_key\.[\w-]+\.arn|data\.terraform_remote_state\.[\w-]+\.outputs\.\w*key_arn)\}$/;

function blocksAt(block: Block, path: readonly string[]): readonly Block[] {
  const [key, ...rest] = path;
  return key === undefined ? [block] : nested(block, key).flatMap((inner) => blocksAt(inner, rest));
}

function withoutKey({ address, block }: Named, path: readonly string[]): readonly string[] {
  const argument = path.at(-1) ?? "";
  if (argument === "performance_insights_kms_key_id" && block.performance_insights_enabled === false) return [];
  const holders = blocksAt(block, path.slice(0, -1));
  const encrypted = holders.length > 0 && holders.every((holder) => ourKey.test(String(holder[argument])));
  return encrypted ? [] : [`${address} has no key of ours in ${path.join(".")}`];
}

const switchedOff = (json: Parameters<typeof resources>[0]): readonly string[] => [
  ...resources(json, "aws_rds_cluster")
    .filter(({ block }) => block.storage_encrypted !== true)
    .map(({ address }) => `${address} does not encrypt its storage`),
  ...resources(json, "aws_launch_template")
    .filter(({ block }) => blocksAt(block, ["block_device_mappings", "ebs"]).some((ebs) => ebs.encrypted !== "true"))
    .map(({ address }) => `${address} does not encrypt its volumes`),
];

const key = "${aws_kms_key.key_1A2B3C4D.arn}";
const cluster = { storage_encrypted: true, kms_key_id: key, master_user_secret_kms_key_id: key };
const disk = (ebs: object) =>
  resource("aws_launch_template", { example: { block_device_mappings: [{ device_name: "/dev/xvda", ebs }] } });
const instance = (settings: object) => resource("aws_rds_cluster_instance", { example: settings });

export const encrypted: Guard = {
  rule: "all that keeps data is encrypted with a key of ours",
  violations: ({ json }) => [
    ...Object.entries(keysOf).flatMap(([type, paths]) =>
      resources(json, type).flatMap((named) => paths.flatMap((path) => withoutKey(named, path))),
    ),
    ...switchedOff(json),
  ],
  accepts: {
    "a cluster with keys": { json: resource("aws_rds_cluster", { example: cluster }) },
    "a disk with a key": { json: disk({ encrypted: "true", kms_key_id: key }) },
    "a key of another stack": {
      json: resource("aws_sns_topic", {
        example: { kms_master_key_id: "${data.terraform_remote_state.database-state.outputs.key_arn}" },
      }),
    },
    "Performance Insights that are off": { json: instance({ performance_insights_enabled: false }) },
  },
  refuses: {
    "storage in clear": { json: resource("aws_rds_cluster", { example: { ...cluster, storage_encrypted: false } }) },
    "storage with AWS's key": {
      json: resource("aws_rds_cluster", { example: { ...cluster, kms_key_id: undefined } }),
    },
    "a master secret with AWS's key": {
      json: resource("aws_rds_cluster", { example: { ...cluster, master_user_secret_kms_key_id: undefined } }),
    },
    "Performance Insights with AWS's key": { json: instance({ performance_insights_enabled: true }) },
    "a log group with no key": { json: resource("aws_cloudwatch_log_group", { example: { name: "/logs" } }) },
    "a topic with AWS's key": { json: resource("aws_sns_topic", { example: { kms_master_key_id: "alias/aws/sns" } }) },
    "a vault with no key": { json: resource("aws_backup_vault", { example: {} }) },
    "a disk in clear": { json: disk({ encrypted: "false", kms_key_id: key }) },
    "a disk with AWS's key": { json: disk({ encrypted: "true" }) },
    "a template that says nothing of its disk": { json: resource("aws_launch_template", { example: {} }) },
  },
};

import { dangerNames, findDangers } from "../../../review/dangers/all-dangers";
import { contains } from "../../../review/dangers/cidr";
import { changesOf, created, destroyed, type Entry, entry, replaced, updated } from "./support/plans";

const found = (...entries: readonly Entry[]): string[] =>
  findDangers(changesOf(...entries)).map(({ danger, detail }) => `${danger}: ${detail}`);

type Row = readonly [string, Entry | readonly Entry[]];

const cluster = "aws_rds_cluster";
const ingress = "aws_vpc_security_group_ingress_rule";
const rule = {
  security_group_id: "sg-1",
  ip_protocol: "tcp",
  from_port: 5432,
  to_port: 5432,
  cidr_ipv4: "10.1.0.0/16",
};
const at = (address: string, one: Entry): Entry => ({ ...one, address });
const backup = (...rules: readonly object[]) => ({ rule: rules });
const keep = (days: number | null, copies: readonly number[] = []) => ({
  rule_name: "cluster",
  lifecycle: [{ delete_after: days }],
  copy_action: copies.map((delete_after) => ({ lifecycle: [{ delete_after }] })),
});
const disk = (ebs: object) => ({ block_device_mappings: [{ device_name: "/dev/xvda", ebs: [ebs] }] });

const dangerous: Readonly<Record<(typeof dangerNames)[number], readonly (readonly [...Row, string])[]>> = {
  lost: [
    [
      "a cluster is replaced",
      replaced(cluster, {}, {}, { replace_paths: [["cluster_identifier"]] }),
      "is replaced for cluster_identifier",
    ],
    ["a cluster is destroyed", destroyed(cluster), "is destroyed"],
    ["a key is left to itself", entry(["forget"], "aws_kms_key", {}, null), "is left to itself"],
    ...[
      "aws_rds_cluster_instance",
      "aws_kms_key",
      "aws_secretsmanager_secret",
      "aws_lb",
      "aws_lb_listener",
      "aws_lb_target_group",
      "aws_subnet",
      "aws_vpc",
      "aws_db_subnet_group",
      "aws_backup_vault",
      "aws_backup_plan",
      "aws_cloudwatch_log_group",
    ].map((type) => [`${type} is replaced`, replaced(type), "is replaced"] as const),
  ],
  "protection-off": [
    [
      "of a cluster",
      updated(cluster, { deletion_protection: true }, { deletion_protection: false }),
      "deletion_protection true → false",
    ],
    [
      "of a cluster, by leaving it out",
      updated(cluster, { deletion_protection: true }, { deletion_protection: null }),
      "deletion_protection true → nothing",
    ],
    [
      "of a load balancer",
      updated("aws_lb", { enable_deletion_protection: true }, { enable_deletion_protection: false }),
      "enable_deletion_protection true → false",
    ],
  ],
  "last-copy-gone": [
    [
      "without a final snapshot",
      updated(cluster, { skip_final_snapshot: false }, { skip_final_snapshot: true }),
      "skip_final_snapshot false → true",
    ],
    ["with a new cluster", created(cluster, { skip_final_snapshot: true }), "skip_final_snapshot nothing → true"],
    [
      "without automated backups",
      updated(cluster, { delete_automated_backups: false }, { delete_automated_backups: true }),
      "delete_automated_backups false → true",
    ],
  ],
  "backup-shortened": [
    [
      "automated backups",
      updated(cluster, { backup_retention_period: 35 }, { backup_retention_period: 7 }),
      "backup_retention_period 35 → 7",
    ],
    [
      "AWS Backup",
      updated("aws_backup_plan", backup(keep(35)), backup(keep(7))),
      "recovery points kept 35 days → 7 days",
    ],
    [
      "AWS Backup that kept for ever",
      updated("aws_backup_plan", backup(keep(null)), backup(keep(365))),
      "recovery points kept for ever → 365 days",
    ],
    [
      "copies",
      updated("aws_backup_plan", backup(keep(35, [35])), backup(keep(35, [7]))),
      "copies kept 35 days → 7 days",
    ],
    ["no more copies", updated("aws_backup_plan", backup(keep(35, [35])), backup(keep(35))), "copies: 1 → 0"],
    [
      "a rule that goes",
      updated("aws_backup_plan", backup(keep(35), keep(70)), backup(keep(70))),
      "recovery points: 2 → 1",
    ],
  ],
  opened: [
    ["a new rule for the world", created(ingress, { ...rule, cidr_ipv4: "0.0.0.0/0" }), "admits 0.0.0.0/0 on tcp 5432"],
    [
      "a new rule for all of IPv6",
      created(ingress, { ...rule, cidr_ipv4: null, cidr_ipv6: "::/0" }),
      "admits ::/0 on tcp 5432",
    ],
    [
      "a wider range",
      updated(ingress, rule, { ...rule, cidr_ipv4: "10.0.0.0/8" }),
      "admits 10.0.0.0/8 on tcp 5432, before 10.1.0.0/16 on tcp 5432",
    ],
    [
      "a wider range in another rule",
      [at("a", destroyed(ingress, rule)), at("b", created(ingress, { ...rule, cidr_ipv4: "10.0.0.0/12" }))],
      "admits 10.0.0.0/12 on tcp 5432, before 10.1.0.0/16 on tcp 5432",
    ],
    [
      "more ports",
      updated(ingress, rule, { ...rule, from_port: 0, to_port: 65535 }),
      "admits 10.1.0.0/16 on tcp 0-65535, before 10.1.0.0/16 on tcp 5432",
    ],
    [
      "a lower port too",
      updated(ingress, rule, { ...rule, from_port: 1024 }),
      "admits 10.1.0.0/16 on tcp 1024-5432, before 10.1.0.0/16 on tcp 5432",
    ],
    [
      "every protocol",
      updated(ingress, rule, { ...rule, ip_protocol: "-1", from_port: null, to_port: null }),
      "admits 10.1.0.0/16 on -1 0-65535, before 10.1.0.0/16 on tcp 5432",
    ],
    [
      "a rule inside a group",
      updated(
        "aws_security_group",
        { id: "sg-1", ingress: [] },
        { id: "sg-1", ingress: [{ protocol: "tcp", from_port: 22, to_port: 22, cidr_blocks: ["0.0.0.0/0"] }] },
      ),
      "admits 0.0.0.0/0 on tcp 22",
    ],
    [
      "the old kind of rule",
      created("aws_security_group_rule", {
        type: "ingress",
        protocol: "tcp",
        from_port: 22,
        to_port: 22,
        cidr_blocks: ["0.0.0.0/0"],
      }),
      "admits 0.0.0.0/0 on tcp 22",
    ],
  ],
  "public-exposure": [
    ["a load balancer", replaced("aws_lb", { internal: true }, { internal: false }), "internet-facing false → true"],
    ["a new load balancer", created("aws_lb", { internal: false }), "internet-facing false → true"],
    [
      "a database instance",
      updated("aws_rds_cluster_instance", { publicly_accessible: false }, { publicly_accessible: true }),
      "publicly_accessible false → true",
    ],
    [
      "a subnet",
      updated("aws_subnet", { map_public_ip_on_launch: false }, { map_public_ip_on_launch: true }),
      "map_public_ip_on_launch false → true",
    ],
    [
      "nodes",
      updated(
        "aws_launch_template",
        { network_interfaces: [{ associate_public_ip_address: "false" }] },
        { network_interfaces: [{ associate_public_ip_address: "true" }] },
      ),
      "associate_public_ip_address false → true",
    ],
  ],
  "encryption-off": [
    [
      "of a cluster",
      replaced(cluster, { storage_encrypted: true }, { storage_encrypted: false }),
      "storage_encrypted true → false",
    ],
    [
      "of a log group",
      updated("aws_cloudwatch_log_group", { kms_key_id: "arn" }, { kms_key_id: null }),
      "kms_key_id is no longer given",
    ],
    [
      "of a topic",
      updated("aws_sns_topic", { kms_master_key_id: "arn" }, { kms_master_key_id: "" }),
      "kms_master_key_id is no longer given",
    ],
    [
      "of a node's disk",
      updated(
        "aws_launch_template",
        disk({ encrypted: "true", kms_key_id: "arn" }),
        disk({ encrypted: "false", kms_key_id: "arn" }),
      ),
      "encrypted true → false",
    ],
    [
      "of a node's disk by a key of ours",
      updated(
        "aws_launch_template",
        disk({ encrypted: "true", kms_key_id: "arn" }),
        disk({ encrypted: "true", kms_key_id: null }),
      ),
      "kms_key_id is no longer given",
    ],
    [
      "a key that rotates no more",
      updated("aws_kms_key", { enable_key_rotation: true }, { enable_key_rotation: false }),
      "enable_key_rotation true → false",
    ],
  ],
};

const harmless: Readonly<Record<(typeof dangerNames)[number], readonly Row[]>> = {
  lost: [
    ["a cluster is made", created(cluster, {})],
    ["a cluster is changed", updated(cluster, { engine_version: "17" }, { engine_version: "18" })],
    ["a route is replaced", replaced("aws_route")],
  ],
  "protection-off": [
    ["it is switched on", updated(cluster, { deletion_protection: false }, { deletion_protection: true })],
    ["it was never on", created(cluster, { deletion_protection: false })],
  ],
  "last-copy-gone": [
    ["it is taken again", updated(cluster, { skip_final_snapshot: true }, { skip_final_snapshot: false })],
  ],
  "backup-shortened": [
    ["kept longer", updated(cluster, { backup_retention_period: 7 }, { backup_retention_period: 35 })],
    ["AWS Backup keeps longer", updated("aws_backup_plan", backup(keep(7, [7])), backup(keep(35, [35])))],
    ["AWS Backup keeps for ever", updated("aws_backup_plan", backup(keep(7)), backup(keep(null)))],
    ["a new plan", created("aws_backup_plan", backup(keep(1)))],
    [
      "another schedule",
      updated("aws_backup_plan", backup({ ...keep(7), schedule: "a" }), backup({ ...keep(7), schedule: "b" })),
    ],
  ],
  opened: [
    ["a new rule for a range", created(ingress, rule)],
    ["a rule for a group", created(ingress, { ...rule, cidr_ipv4: null, referenced_security_group_id: "sg-2" })],
    ["a narrower range", updated(ingress, rule, { ...rule, cidr_ipv4: "10.1.1.0/24" })],
    ["another range of the same size", updated(ingress, rule, { ...rule, cidr_ipv4: "10.2.0.0/16" })],
    [
      "another description",
      updated(ingress, { ...rule, cidr_ipv4: "0.0.0.0/0" }, { ...rule, cidr_ipv4: "0.0.0.0/0", description: "b" }),
    ],
    ["the same range in another rule", [at("a", destroyed(ingress, rule)), at("b", created(ingress, rule))]],
    [
      "a wider range for another group",
      [
        at("a", destroyed(ingress, rule)),
        at("b", created(ingress, { ...rule, security_group_id: "sg-9", cidr_ipv4: "10.0.0.0/12" })),
      ],
    ],
    ["a way out", created("aws_vpc_security_group_egress_rule", { ...rule, cidr_ipv4: "0.0.0.0/0" })],
  ],
  "public-exposure": [
    ["a load balancer goes inside", replaced("aws_route", {}, {})],
    ["a load balancer stays outside", updated("aws_lb", { internal: false, x: 1 }, { internal: false, x: 2 })],
    ["a private load balancer", created("aws_lb", { internal: true })],
  ],
  "encryption-off": [
    ["a key that comes", updated("aws_cloudwatch_log_group", { kms_key_id: null }, { kms_key_id: "arn" })],
    ["another key", updated("aws_cloudwatch_log_group", { kms_key_id: "a" }, { kms_key_id: "b" })],
    [
      "a key that is not known yet",
      updated("aws_cloudwatch_log_group", { kms_key_id: "a" }, {}, { after_unknown: { kms_key_id: true } }),
    ],
    [
      "a disk's key that is not known yet",
      updated("aws_launch_template", disk({ encrypted: "true", kms_key_id: "a" }), disk({ encrypted: "true" })),
    ],
  ],
};

const list = (entries: Entry | readonly Entry[]): readonly Entry[] =>
  (Array.isArray(entries) ? entries : [entries]) as readonly Entry[];

describe.each(dangerNames)("%s", (name) => {
  test.each(dangerous[name])("is found: %s", (_, entries, detail) => {
    expect(found(...list(entries))).toContain(`${name}: ${detail}`);
  });

  test.each(harmless[name])("is not found: %s", (_, entries) => {
    expect(found(...list(entries))).toEqual([]);
  });
});

test("what ends is told once, not as the end of its protection and its keys as well", () => {
  expect(
    found(destroyed(cluster, { deletion_protection: true, backup_retention_period: 7, kms_key_id: "arn" })),
  ).toEqual(["lost: is destroyed"]);
});

test.each([
  ["10.0.0.0/8", "10.1.0.0/16", true],
  ["10.1.0.0/16", "10.1.0.0/16", true],
  ["10.1.0.0/16", "10.0.0.0/8", false],
  ["10.1.0.0/16", "10.2.0.0/24", false],
  ["::/0", "2001:db8::/32", true],
  ["0.0.0.0/0", "::/0", false],
  ["0.0.0.0/0", "sg-1", false],
])("%s contains %s: %s", (outer, inner, expected) => {
  expect(contains(outer, inner)).toBe(expected);
});

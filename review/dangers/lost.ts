import type { Danger } from "./danger";

/** What is lost with a resource of each type that holds something, or that others hold on to. */
const losses: Readonly<Record<string, string>> = {
  aws_rds_cluster: "The cluster ends with all its data; only its final snapshot stays.",
  aws_rds_global_cluster: "The global cluster ends, and replication between regions with it.",
  aws_rds_cluster_instance: "A database instance ends with its sessions; the last one takes the database away.",
  aws_db_instance: "The database instance ends with all its data.",
  aws_db_subnet_group: "The cluster cannot move to another subnet group: this replaces it too, or fails halfway.",
  aws_kms_key: "All that the key encrypts can never be read again: snapshots, logs and backups too.",
  aws_secretsmanager_secret: "The secret ends, and with it the log-in of those who use it.",
  aws_backup_vault: "The vault ends with its recovery points; one that still holds some fails the apply.",
  aws_backup_plan: "No more backups are made by AWS Backup.",
  aws_backup_selection: "The cluster is no longer backed up by AWS Backup.",
  aws_cloudwatch_log_group: "The log ends with all that was written to it.",
  aws_lb: "The address that clients know ends; all sessions are cut.",
  aws_lb_listener: "Clients are refused until there is a new listener.",
  aws_lb_target_group: "The nodes are behind no load balancer until they are registered again; all sessions are cut.",
  aws_autoscaling_group: "All nodes end at once, and all sessions with them.",
  aws_route53_record: "The name that clients use ends.",
  aws_subnet: "Everything inside the subnet must go first: nodes, instances, load balancer.",
  aws_vpc: "Everything inside the VPC must go first.",
  aws_s3_bucket: "The bucket ends with its objects.",
  aws_dynamodb_table: "The table ends with its items.",
  aws_efs_file_system: "The file system ends with its files.",
  aws_ebs_volume: "The volume ends with its data.",
  aws_sns_topic: "Alarms reach nobody until every address has confirmed again.",
};

const verbs = { replace: "is replaced", destroy: "is destroyed", forget: "is left to itself" } as const;

/** Something ends that holds data, or that clients hold on to. */
export const lost = {
  name: "lost",
  find: (changes) =>
    changes.flatMap(({ address, type, action, change }) => {
      const reason = losses[type];
      if (reason === undefined || action === "create" || action === "update") return [];
      const causes = change.replace_paths.map((path) => path.join("."));
      return [
        { address, reason, detail: causes.length === 0 ? verbs[action] : `${verbs[action]} for ${causes.join(", ")}` },
      ];
    }),
} as const satisfies Danger;

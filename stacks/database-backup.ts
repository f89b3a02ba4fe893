import { Construct } from "constructs";
import type { Account } from "../config/account";
import type { Database } from "../config/schema/database";
import { BackupPlan } from "../constructs/database/backup-plan";
import { ServiceRole } from "../constructs/iam/service-role";
import { EncryptionKey } from "../constructs/security/encryption-key";
import { administer, useThroughServices } from "../constructs/security/key-uses";

export interface DatabaseBackupProps {
  /** Name of plan, vaults and key alias. */
  readonly name: string;
  readonly roleName: string;
  readonly account: Account;
  readonly settings: NonNullable<Database["awsBackup"]>;
  readonly clusterArn: string;
  readonly keyArn: string;
  readonly deletionProtected: boolean;
}

/** AWS Backup for the cluster: what the plan needs, and the key of its copies in the second region. */
export class DatabaseBackup extends Construct {
  constructor(scope: Construct, id: string, props: DatabaseBackupProps) {
    super(scope, id);
    const { account, settings } = props;
    const role = new ServiceRole(this, "role", {
      name: props.roleName,
      description: "Lets AWS Backup copy the cluster",
      service: account.principal("backup"),
      managedPolicyArn: account.awsPolicyArn("service-role/AWSBackupServiceRolePolicyForBackup"),
    });
    new BackupPlan(this, "plan", {
      name: props.name,
      keyArn: props.keyArn,
      roleArn: role.arn,
      clusterArn: props.clusterArn,
      schedule: settings.schedule,
      retentionDays: settings.retentionDays,
      copy: settings.copyTo && { ...settings.copyTo, keyArn: this.addCopyKey(props, settings.copyTo.region) },
    });
  }

  private addCopyKey({ account, name, deletionProtected }: DatabaseBackupProps, region: string): string {
    const there = account.in(region);
    return new EncryptionKey(this, "copy-key", {
      alias: `${name}-copies`,
      description: "Copies of the cluster's backups",
      region,
      deletionProtected,
      statements: [administer(there), useThroughServices(there, ["backup", "rds"])],
    }).arn;
  }
}

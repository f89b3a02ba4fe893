import { BackupPlan as AwsBackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { Construct } from "constructs";

export interface BackupPlanProps {
  readonly name: string;
  readonly keyArn: string;
  readonly roleArn: string;
  readonly clusterArn: string;
  /** AWS cron expression, UTC. */
  readonly schedule: string;
  readonly retentionDays: number;
  /** @default - no copy */
  readonly copy?: { readonly region: string; readonly keyArn: string; readonly retentionDays: number };
}

/** Recovery points of the cluster in a vault of their own, and a copy of each in a second region. */
export class BackupPlan extends Construct {
  constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    const { name, schedule, retentionDays, copy } = props;
    const vault = new BackupVault(this, "vault", { name, kmsKeyArn: props.keyArn });
    const copyAction =
      copy === undefined
        ? []
        : [
            {
              destinationVaultArn: new BackupVault(this, "copy-vault", {
                name,
                region: copy.region,
                kmsKeyArn: copy.keyArn,
              }).arn,
              lifecycle: { deleteAfter: copy.retentionDays },
            },
          ];
    const plan = new AwsBackupPlan(this, "plan", {
      name,
      rule: [
        {
          ruleName: "cluster",
          targetVaultName: vault.name,
          schedule,
          lifecycle: { deleteAfter: retentionDays },
          copyAction,
        },
      ],
    });
    new BackupSelection(this, "selection", {
      name,
      planId: plan.id,
      iamRoleArn: props.roleArn,
      resources: [props.clusterArn],
    });
  }
}

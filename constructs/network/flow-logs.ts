import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import type { Account } from "../../config/account";
import { ServiceRole } from "../iam/service-role";
import { writeLogs } from "../iam/statements";

export interface FlowLogsProps {
  readonly vpcId: string;
  readonly account: Account;
  readonly logGroupName: string;
  readonly roleName: string;
  readonly retentionDays: number;
  readonly keyArn: string;
}

/** Every flow of the VPC, accepted or rejected, in one encrypted log group. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { vpcId, retentionDays, keyArn } = props;
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: props.logGroupName,
      retentionInDays: retentionDays,
      kmsKeyId: keyArn,
    });
    const role = new ServiceRole(this, "role", {
      name: props.roleName,
      description: "Lets VPC flow logs write to their log group",
      service: props.account.principal("vpc-flow-logs"),
      sourceAccount: props.account.id,
      statements: [writeLogs(logGroup.arn)],
    });
    new FlowLog(this, "flow-log", {
      vpcId,
      trafficType: "ALL",
      maxAggregationInterval: 60,
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
    });
  }
}

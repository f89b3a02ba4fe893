import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { awsName } from "../../config/naming";

type Threshold = { readonly above: number } | { readonly below: number };

/** One alarm: only what differs from the others. */
export type AlarmRow = Threshold & {
  readonly id: string;
  readonly metric: string;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
  /** Minutes in a row that must be over the threshold. */
  readonly minutes: number;
  /** What the person on call reads. */
  readonly why: string;
  /** @default - the table's dimensions only */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** @default "missing" - a gap in the data leaves the alarm as it is. */
  readonly gaps?: "missing" | "breaching" | "notBreaching";
};

export interface AlarmTableProps {
  readonly prefix: string;
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly topicArn: string;
  readonly rows: readonly AlarmRow[];
}

/** The name of a row's alarm, for those that must refer to it. */
export const alarmName = (prefix: string, id: string): string => awsName("cloudwatch-alarm", prefix, id);

/** One CloudWatch alarm for each row; all of them tell the topic when they begin and when they end. */
export class AlarmTable extends Construct {
  constructor(scope: Construct, id: string, props: AlarmTableProps) {
    super(scope, id);
    for (const row of props.rows) {
      new CloudwatchMetricAlarm(this, row.id, {
        alarmName: alarmName(props.prefix, row.id),
        alarmDescription: row.why,
        namespace: props.namespace,
        dimensions: { ...props.dimensions, ...row.dimensions },
        metricName: row.metric,
        statistic: row.statistic,
        period: 60,
        evaluationPeriods: row.minutes,
        treatMissingData: row.gaps ?? "missing",
        alarmActions: [props.topicArn],
        okActions: [props.topicArn],
        ...comparison(row),
      });
    }
  }
}

function comparison(row: Threshold): { comparisonOperator: string; threshold: number } {
  return "above" in row
    ? { comparisonOperator: "GreaterThanThreshold", threshold: row.above }
    : { comparisonOperator: "LessThanThreshold", threshold: row.below };
}

import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";

export interface ReaderScalingProps {
  readonly name: string;
  readonly clusterIdentifier: string;
  /** Readers that Terraform keeps. */
  readonly minReaders: number;
  readonly maxReaders: number;
  readonly targetCpuPercent: number;
}

/** Adds readers while their average CPU is high, and takes those away again. */
export class ReaderScaling extends Construct {
  constructor(scope: Construct, id: string, props: ReaderScalingProps) {
    super(scope, id);
    const target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "rds",
      scalableDimension: "rds:cluster:ReadReplicaCount",
      resourceId: `cluster:${props.clusterIdentifier}`,
      minCapacity: props.minReaders,
      maxCapacity: props.maxReaders,
    });
    new AppautoscalingPolicy(this, "cpu", {
      name: props.name,
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "RDSReaderAverageCPUUtilization" },
        targetValue: props.targetCpuPercent,
        // A new reader takes minutes to start: do not add a second one for the same load, nor drop it at once.
        scaleOutCooldown: 300,
        scaleInCooldown: 900,
      },
    });
  }
}

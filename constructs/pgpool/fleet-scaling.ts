import { AutoscalingPolicy } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { Construct } from "constructs";

export interface FleetScalingProps {
  readonly groupName: string;
  readonly targetCpuPercent: number;
  /** Connections of one node that are aimed at. */
  readonly targetConnections: number;
  /** `net/<name>/<id>`, as CloudWatch calls a load balancer. */
  readonly loadBalancer: string;
  /** `targetgroup/<name>/<id>`. */
  readonly targetGroup: string;
}

/** Keeps average CPU and connections per node near their targets. */
export class FleetScaling extends Construct {
  constructor(scope: Construct, id: string, props: FleetScalingProps) {
    super(scope, id);
    const policy = { autoscalingGroupName: props.groupName, policyType: "TargetTrackingScaling" };
    new AutoscalingPolicy(this, "cpu", {
      ...policy,
      name: "cpu",
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
        targetValue: props.targetCpuPercent,
      },
    });
    new AutoscalingPolicy(this, "connections", {
      ...policy,
      name: "connections-per-node",
      targetTrackingConfiguration: {
        customizedMetricSpecification: { metrics: connectionsPerNode(props) },
        targetValue: props.targetConnections,
      },
    });
  }
}

/** Flows of the load balancer over its healthy nodes; while there is none, over one. */
function connectionsPerNode({ loadBalancer, targetGroup }: FleetScalingProps) {
  const balancer = { name: "LoadBalancer", value: loadBalancer };
  const metric = (metricName: string, dimensions: { name: string; value: string }[]) => ({
    metric: { namespace: "AWS/NetworkELB", metricName, dimensions },
    stat: "Average",
  });
  return [
    { id: "flows", returnData: false, metricStat: metric("ActiveFlowCount_TCP", [balancer]) },
    {
      id: "nodes",
      returnData: false,
      metricStat: metric("HealthyHostCount", [balancer, { name: "TargetGroup", value: targetGroup }]),
    },
    { id: "perNode", returnData: true, expression: "flows / MAX([nodes, 1])", label: "Connections per node" },
  ];
}

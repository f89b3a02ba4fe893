import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import { ports } from "../../config/ports";

export interface EndpointProps {
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly public: boolean;
  /** Idle time after which the load balancer forgets a connection. */
  readonly idleTimeoutSeconds: number;
  /** How long a node that leaves keeps its connections. */
  readonly drainTimeoutSeconds: number;
  readonly deletionProtected: boolean;
}

/** The one address that clients know: a Network Load Balancer in front of the nodes. */
export class Endpoint extends Construct {
  readonly loadBalancer: Lb;
  readonly targetGroup: LbTargetGroup;

  constructor(scope: Construct, id: string, props: EndpointProps) {
    super(scope, id);
    this.loadBalancer = new Lb(this, "load-balancer", {
      name: props.name,
      loadBalancerType: "network",
      internal: !props.public,
      subnets: props.subnetIds,
      securityGroups: [props.securityGroupId],
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: props.deletionProtected,
      lifecycle: { preventDestroy: props.deletionProtected },
    });
    this.targetGroup = this.addTargetGroup(props);
    new LbListener(this, "listener", {
      loadBalancerArn: this.loadBalancer.arn,
      protocol: "TCP",
      port: ports.postgresql,
      tcpIdleTimeoutSeconds: props.idleTimeoutSeconds,
      defaultAction: [{ type: "forward", targetGroupArn: this.targetGroup.arn }],
    });
  }

  private addTargetGroup({ name, vpcId, drainTimeoutSeconds }: EndpointProps): LbTargetGroup {
    return new LbTargetGroup(this, "nodes", {
      name,
      vpcId,
      protocol: "TCP",
      port: ports.pgpool,
      targetType: "instance",
      // pool_hba.conf and the log see the clients' own addresses.
      preserveClientIp: "true",
      deregistrationDelay: String(drainTimeoutSeconds),
      connectionTermination: true,
      healthCheck: {
        protocol: "HTTP",
        port: String(ports.health),
        path: "/",
        matcher: "200",
        interval: 10,
        timeout: 8,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
      // A full node and one whose database is failing over look unhealthy too: their sessions must live on.
      targetHealthState: [{ enableUnhealthyConnectionTermination: false, unhealthyDrainingInterval: 300 }],
    });
  }
}

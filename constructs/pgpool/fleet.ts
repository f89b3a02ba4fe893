import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Token } from "cdktf";
import { Construct } from "constructs";

export interface FleetProps {
  readonly name: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly diskSizeGiB: number;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  /** At creation only: afterwards scaling decides, and an apply does not take it back. */
  readonly desiredCapacity: number;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly targetGroupArn: string;
  readonly roleName: string;
  readonly serviceLinkedRoleArn: string;
  readonly keyArn: string;
  readonly userData: string;
  readonly terminationHook: string;
  readonly drainTimeoutSeconds: number;
  /** Alarm that takes an instance refresh back. */
  readonly rollbackAlarm: string;
  /** Default tags do not reach what a scaling group launches. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The scaling group of Pgpool-II nodes. */
export class Fleet extends Construct {
  readonly group: AutoscalingGroup;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    this.group = this.addGroup(props, this.addTemplate(props));
    new AutoscalingLifecycleHook(this, "termination", {
      name: props.terminationHook,
      autoscalingGroupName: this.group.name,
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      // A node that cannot answer any more must not hold up its own end: the group goes on without it.
      defaultResult: "CONTINUE",
      heartbeatTimeout: props.drainTimeoutSeconds + 60,
    });
  }

  private addTemplate(props: FleetProps): LaunchTemplate {
    const { name, imageId, instanceType, userData } = props;
    const profile = new IamInstanceProfile(this, "profile", { name, role: props.roleName });
    const tags = { ...props.tags, Name: name };
    return new LaunchTemplate(this, "template", {
      name,
      imageId,
      instanceType,
      userData,
      updateDefaultVersion: true,
      iamInstanceProfile: { arn: profile.arn },
      monitoring: { enabled: true },
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      networkInterfaces: [
        { securityGroups: [props.securityGroupId], associatePublicIpAddress: "false", deleteOnTermination: "true" },
      ],
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: props.diskSizeGiB,
            encrypted: "true",
            kmsKeyId: props.keyArn,
            deleteOnTermination: "true",
          },
        },
      ],
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    });
  }

  private addGroup(props: FleetProps, template: LaunchTemplate): AutoscalingGroup {
    const tags = Object.entries({ ...props.tags, Name: props.name });
    return new AutoscalingGroup(this, "group", {
      name: props.name,
      minSize: props.minCapacity,
      maxSize: props.maxCapacity,
      desiredCapacity: props.desiredCapacity,
      vpcZoneIdentifier: props.subnetIds,
      targetGroupArns: [props.targetGroupArn],
      serviceLinkedRoleArn: props.serviceLinkedRoleArn,
      // Not ELB: while the database fails over every node looks unhealthy, and all would be replaced at once.
      healthCheckType: "EC2",
      healthCheckGracePeriod: 120,
      defaultInstanceWarmup: 180,
      // A numbered version, not $Latest: only then does a change of the template start a refresh.
      launchTemplate: { id: template.id, version: Token.asString(template.latestVersion) },
      instanceRefresh: {
        strategy: "Rolling",
        preferences: {
          minHealthyPercentage: 100,
          maxHealthyPercentage: 150,
          autoRollback: true,
          skipMatching: true,
          alarmSpecification: { alarms: [props.rollbackAlarm] },
        },
      },
      metricsGranularity: "1Minute",
      enabledMetrics: [
        "GroupDesiredCapacity",
        "GroupInServiceInstances",
        "GroupPendingInstances",
        "GroupTerminatingInstances",
      ],
      tag: tags.map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
      lifecycle: { ignoreChanges: ["desired_capacity"] },
    });
  }
}

import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { AutoscalingPolicy } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { EnvironmentInput } from "../../../config/schema/environment";
import { environmentWith, existingNetwork, newNetwork } from "../../support/environments";
import { stacksOf } from "../../support/stacks";

const pgpoolWith = (pgpool: NonNullable<EnvironmentInput["pgpool"]> = {}, more: Partial<EnvironmentInput> = {}) =>
  stacksOf(environmentWith({ pgpool, ...more })).pgpool;

test("the load balancer is private, in the nodes' subnets, until it is made public by name", () => {
  const inPrivate = "${data.terraform_remote_state.network-state.outputs.private_subnet_ids}";
  expect(pgpoolWith().only(Lb)).toMatchObject({ internal: true, subnets: inPrivate, load_balancer_type: "network" });
  const open = pgpoolWith({ exposure: { kind: "public", allowedCidrs: ["198.51.100.0/24"] } });
  expect(open.only(Lb)).toMatchObject({
    internal: false,
    subnets: "${data.terraform_remote_state.network-state.outputs.public_subnet_ids}",
  });
});

test("clients dial 5432, nodes answer on 9999, health is asked on 8071", () => {
  const stack = pgpoolWith();
  expect(stack.only(LbListener)).toMatchObject({ protocol: "TCP", port: 5432 });
  expect(stack.only(LbTargetGroup)).toMatchObject({
    protocol: "TCP",
    port: 9999,
    health_check: { protocol: "HTTP", port: "8071", path: "/" },
  });
});

test("the load balancer sends what it gets to the group's nodes", () => {
  const stack = pgpoolWith();
  const target = stack.only(LbListener).default_action as readonly { readonly target_group_arn: string }[];
  expect(target).toMatchObject([{ type: "forward" }]);
  expect(stack.only(AutoscalingGroup).target_group_arns).toEqual(target.map((action) => action.target_group_arn));
});

test("sessions live on while a node looks unhealthy, and end with a node that leaves", () => {
  expect(pgpoolWith({ drainTimeoutSeconds: 45 }).only(LbTargetGroup)).toMatchObject({
    deregistration_delay: "45",
    connection_termination: true,
    target_health_state: [{ enable_unhealthy_connection_termination: false }],
  });
});

test("the group gives a leaving node a minute more than its sessions have, then goes on without it", () => {
  const stack = pgpoolWith({ drainTimeoutSeconds: 45 });
  expect(stack.only(AutoscalingLifecycleHook)).toMatchObject({
    lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeat_timeout: 105,
    default_result: "CONTINUE",
  });
  expect(stack.only(LaunchTemplate).user_data).toContain('drainTimeoutSeconds" = 45');
});

test("Pgpool ends an idle session ten seconds before the load balancer forgets it", () => {
  const stack = pgpoolWith({ clientIdleTimeoutSeconds: 900 });
  expect(stack.only(LbListener)).toMatchObject({ tcp_idle_timeout_seconds: 900 });
  expect(stack.only(LaunchTemplate).user_data).toContain('client_idle_limit" = 890');
});

test("a database that fails over does not replace the fleet", () => {
  expect(pgpoolWith().only(AutoscalingGroup)).toMatchObject({ health_check_type: "EC2" });
});

test("what scaling decided is not taken back by the next apply", () => {
  expect(pgpoolWith().only(AutoscalingGroup)).toMatchObject({
    desired_capacity: 2,
    lifecycle: { ignore_changes: ["desired_capacity"] },
  });
});

test("a change of the template is rolled out, and taken back when nodes stay unhealthy", () => {
  const stack = pgpoolWith();
  const group = stack.only(AutoscalingGroup);
  expect(group.launch_template).toMatchObject({
    version: expect.stringMatching(/^\$\{aws_launch_template\..*\.latest_version\}$/) as string,
  });
  const alarm = stack.named(CloudwatchMetricAlarm, "unhealthy-node").alarm_name;
  expect(group.instance_refresh).toMatchObject({
    preferences: { auto_rollback: true, alarm_specification: { alarms: [alarm] } },
  });
});

test("nodes have IMDSv2 only, an encrypted disk, detailed monitoring and no public address", () => {
  expect(pgpoolWith().only(LaunchTemplate)).toMatchObject({
    metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
    monitoring: { enabled: true },
    network_interfaces: [{ associate_public_ip_address: "false" }],
    block_device_mappings: [{ ebs: { encrypted: "true", volume_type: "gp3" } }],
  });
});

test("scaling follows CPU and connections per healthy node", () => {
  const stack = pgpoolWith({ targetCpuPercent: 55, clientsPerNode: 72, targetClientsPercent: 75 });
  expect(stack.named(AutoscalingPolicy, "cpu")).toMatchObject({ target_tracking_configuration: { target_value: 55 } });
  expect(stack.named(AutoscalingPolicy, "connections")).toMatchObject({
    target_tracking_configuration: {
      target_value: 54,
      customized_metric_specification: {
        metrics: [{ id: "flows" }, { id: "nodes" }, { expression: "flows / MAX([nodes, 1])" }],
      },
    },
  });
});

test("the boot document names what a node needs, and no secret", () => {
  const { user_data: userData } = pgpoolWith({ clientsPerNode: 72, readers: { kind: "instances" } }).only(
    LaunchTemplate,
  );
  for (const part of [
    'writerEndpoint" = data.terraform_remote_state.database-state.outputs.cluster_endpoint',
    'readerEndpoint" = data.terraform_remote_state.database-state.outputs.reader_endpoint',
    'secretArn" = data.terraform_remote_state.database-state.outputs.health_secret_arn',
    'num_init_children" = 72',
    'readers" = "instances"',
    'logGroup" = "/pgpool-aurora/test/nodes"',
    'region" = "eu-west-1"',
  ]) {
    expect(userData).toContain(part);
  }
  expect(userData).not.toMatch(/password/i);
});

test("a Route 53 name is an alias of the load balancer, and the endpoint that is put out", () => {
  const stack = pgpoolWith({ dns: { zoneId: "Z0123456789ABC", name: "db.example.com" } });
  expect(stack.only(Route53Record)).toMatchObject({ zone_id: "Z0123456789ABC", name: "db.example.com", type: "A" });
  expect(stack.outputs.endpoint).toMatch(/^\$\{aws_route53_record\./);
  expect(pgpoolWith().outputs.endpoint).toMatch(/^\$\{aws_lb\..*dns_name\}$/);
});

test.each([true, false])("deletion protection %s holds for the load balancer", (deletionProtection) => {
  expect(pgpoolWith({}, { deletionProtection }).only(Lb)).toMatchObject({
    enable_deletion_protection: deletionProtection,
    lifecycle: { prevent_destroy: deletionProtection },
  });
});

test.each([
  [
    "no-healthy-node",
    {
      metric_name: "HealthyHostCount",
      statistic: "Maximum",
      threshold: 1,
      evaluation_periods: 2,
      treat_missing_data: "breaching",
    },
  ],
  [
    "unhealthy-node",
    {
      metric_name: "UnHealthyHostCount",
      statistic: "Minimum",
      threshold: 0,
      evaluation_periods: 5,
      treat_missing_data: "missing",
    },
  ],
])("raises %s", (id, alarm) => {
  expect(pgpoolWith().named(CloudwatchMetricAlarm, id)).toMatchObject({
    alarm_name: `test-pgpool-${id}`,
    namespace: "AWS/NetworkELB",
    alarm_actions: ["${data.terraform_remote_state.database-state.outputs.alarm_topic_arn}"],
    ...alarm,
  });
});

describe("the image", () => {
  const imageOf = (image: EnvironmentInput["image"], pgpool = {}) => pgpoolWith(pgpool, { image });

  test("by id is written as it is", () => {
    expect(imageOf({ kind: "id", id: "ami-0feed0beef0c0ffee" }).outputs.image_id).toBe("ami-0feed0beef0c0ffee");
  });

  test("by parameter is read at plan time, where it is not hidden", () => {
    const stack = imageOf({ kind: "parameter", name: "/images/pgpool" });
    expect(stack.onlyData(DataAwsSsmParameter)).toMatchObject({ name: "/images/pgpool" });
    expect(stack.only(LaunchTemplate).image_id).toMatch(/insecure_value\}$/);
  });

  test("by lookup is the newest of its owner, tags and architecture", () => {
    const stack = imageOf(
      { kind: "lookup", owner: "self", tags: { Role: "pgpool" }, architecture: "arm64" },
      { instanceType: "t4g.small" },
    );
    expect(stack.onlyData(DataAwsAmi)).toMatchObject({
      owners: ["self"],
      most_recent: true,
      filter: [
        { name: "tag:Role", values: ["pgpool"] },
        { name: "architecture", values: ["arm64"] },
        { name: "state", values: ["available"] },
      ],
    });
  });
});

test("in an existing VPC a public load balancer stands in its public subnets", () => {
  const stack = pgpoolWith(
    { exposure: { kind: "public", allowedCidrs: ["198.51.100.0/24"] } },
    { network: existingNetwork },
  );
  expect(stack.only(Lb)).toMatchObject({ internal: false, subnets: existingNetwork.publicSubnetIds });
});

test("interface endpoints beside a NAT are reached by their security group too", () => {
  const stack = pgpoolWith({}, { network: { ...newNetwork, interfaceEndpoints: ["secretsmanager"] } });
  expect(stack.text).toContain("network-state.outputs.endpoint_security_group_id");
  expect(pgpoolWith().text).not.toContain("endpoint_security_group_id");
});

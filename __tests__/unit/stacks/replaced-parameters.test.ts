import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { environmentWith, existingNetwork } from "../../support/environments";
import { stacksOf } from "../../support/stacks";

/** Each parameter of the replaced system, with a value that is not its default, must reach its resource. */
const pgpoolWith = (...changes: Parameters<typeof environmentWith>) => stacksOf(environmentWith(...changes)).pgpool;

test("ami_id reaches the launch template", () => {
  const stack = pgpoolWith({ image: { kind: "id", id: "ami-0feed0beef0c0ffee" } });
  expect(stack.only(LaunchTemplate)).toMatchObject({ image_id: "ami-0feed0beef0c0ffee" });
});

test("instance_type reaches the launch template", () => {
  expect(pgpoolWith({ pgpool: { instanceType: "c7i.2xlarge" } }).only(LaunchTemplate)).toMatchObject({
    instance_type: "c7i.2xlarge",
  });
});

test("disk_size reaches the root volume, in GiB", () => {
  const template = pgpoolWith({ pgpool: { diskSizeGiB: 47 } }).only(LaunchTemplate);
  expect(template.block_device_mappings).toMatchObject([{ ebs: { volume_size: 47, volume_type: "gp3" } }]);
});

test("min_capacity, max_capacity and desired_capacity reach the scaling group", () => {
  const stack = pgpoolWith({ pgpool: { minCapacity: 3, maxCapacity: 11, desiredCapacity: 5 } });
  expect(stack.only(AutoscalingGroup)).toMatchObject({ min_size: 3, max_size: 11, desired_capacity: 5 });
});

test("db_instance_class reaches the writer and every reader", () => {
  const { database } = stacksOf(
    environmentWith({
      database: { capacity: { kind: "provisioned", instanceClass: "db.r8g.2xlarge" }, replicaCount: 2 },
    }),
  );
  const classes = database.all(RdsClusterInstance).map((instance) => instance.instance_class);
  expect(classes).toEqual(["db.r8g.2xlarge", "db.r8g.2xlarge", "db.r8g.2xlarge"]);
});

test.each([0, 1, 15])("db_replica_count %i makes that many readers beside the writer", (replicaCount) => {
  const { database } = stacksOf(environmentWith({ database: { replicaCount } }));
  expect(database.all(RdsClusterInstance)).toHaveLength(replicaCount + 1);
});

test("vpc_id reaches the target group and every security group", () => {
  const { database, pgpool } = stacksOf(
    environmentWith({
      network: existingNetwork,
      pgpool: { exposure: { kind: "private", allowedCidrs: ["10.0.0.0/16"] } },
    }),
  );
  const blocks = [...database.all(SecurityGroup), ...pgpool.all(SecurityGroup), ...pgpool.all(LbTargetGroup)];
  expect(blocks.map((block) => block.vpc_id)).toEqual(Array<string>(4).fill(existingNetwork.vpcId));
});

test("subnet_ids reach the nodes, the load balancer and the database, each its own tier", () => {
  const { database, pgpool } = stacksOf(
    environmentWith({
      network: existingNetwork,
      pgpool: { exposure: { kind: "private", allowedCidrs: ["10.0.0.0/16"] } },
    }),
  );
  expect(pgpool.only(AutoscalingGroup)).toMatchObject({ vpc_zone_identifier: existingNetwork.privateSubnetIds });
  expect(pgpool.only(Lb)).toMatchObject({ subnets: existingNetwork.privateSubnetIds });
  expect(database.only(DbSubnetGroup)).toMatchObject({ subnet_ids: existingNetwork.isolatedSubnetIds });
});

test("the defaults are those of the replaced system", () => {
  const { database, pgpool } = stacksOf(environmentWith());
  expect(pgpool.only(LaunchTemplate)).toMatchObject({
    instance_type: "t3.medium",
    block_device_mappings: [{ ebs: { volume_size: 20 } }],
  });
  expect(pgpool.only(AutoscalingGroup)).toMatchObject({ min_size: 2, max_size: 4, desired_capacity: 2 });
  expect(database.all(RdsClusterInstance).map((instance) => instance.instance_class)).toEqual([
    "db.t3.medium",
    "db.t3.medium",
  ]);
});

test("its four outputs are outputs of the pgpool stack", () => {
  expect(pgpoolWith().outputs).toMatchObject({
    load_balancer_endpoint: expect.stringMatching(/^\$\{aws_lb\.[\w-]+\.dns_name\}$/) as string,
    cluster_endpoint: "${data.terraform_remote_state.database-state.outputs.cluster_endpoint}",
    reader_endpoint: "${data.terraform_remote_state.database-state.outputs.reader_endpoint}",
    secret_arn: "${data.terraform_remote_state.database-state.outputs.secret_arn}",
  });
});

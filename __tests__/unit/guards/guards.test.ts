import { environmentWith } from "../../support/environments";
import { guards } from "../../../policy/all-guards";
import type { Example, Subject } from "../../../policy/guard";
import { cases } from "./subjects";

const subjectOf = ({ json, environment, stack = "pgpool" }: Example): Subject => ({
  json,
  stack,
  environment: environmentWith(environment),
});

describe.each(guards)("$rule", ({ violations, accepts, refuses }) => {
  test("in every stack of every environment", () => {
    const found = cases.flatMap((one) =>
      one.subjects.flatMap((subject) => violations(subject).map((text) => `${one.name}, ${subject.stack}: ${text}`)),
    );
    expect(found).toEqual([]);
  });

  test.each(Object.entries(accepts))("accepts %s", (_, example) => {
    expect(violations(subjectOf(example))).toEqual([]);
  });

  test.each(Object.entries(refuses))("refuses %s", (_, example) => {
    expect(violations(subjectOf(example))).toHaveLength(1);
  });
});

/**
 * Every type of resource there is. A guard knows the types that it is about: when a new type comes, think about which
 * guards it belongs to (does it keep data? has it an address? a policy? tags of its own?), then add it here.
 */
const knownTypes = [
  "aws_appautoscaling_policy",
  "aws_appautoscaling_target",
  "aws_autoscaling_group",
  "aws_autoscaling_lifecycle_hook",
  "aws_autoscaling_policy",
  "aws_backup_plan",
  "aws_backup_selection",
  "aws_backup_vault",
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_metric_alarm",
  "aws_db_event_subscription",
  "aws_db_parameter_group",
  "aws_db_subnet_group",
  "aws_default_security_group",
  "aws_eip",
  "aws_flow_log",
  "aws_iam_instance_profile",
  "aws_iam_openid_connect_provider",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_service_linked_role",
  "aws_internet_gateway",
  "aws_kms_alias",
  "aws_kms_key",
  "aws_launch_template",
  "aws_lb",
  "aws_lb_listener",
  "aws_lb_target_group",
  "aws_nat_gateway",
  "aws_rds_cluster",
  "aws_rds_cluster_instance",
  "aws_rds_cluster_parameter_group",
  "aws_route",
  "aws_route53_record",
  "aws_route_table",
  "aws_route_table_association",
  "aws_secretsmanager_secret",
  "aws_security_group",
  "aws_sns_topic",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
  "aws_subnet",
  "aws_vpc",
  "aws_vpc_endpoint",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
  "random_id",
];

test("there is no type of resource that the guards were not thought through for", () => {
  const types = cases.flatMap(({ subjects }) => subjects).flatMap(({ json }) => Object.keys(json.resource ?? {}));
  expect([...new Set(types)].sort()).toEqual(knownTypes);
});

import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { literals } from "../../../policy/blocks";
import { type Case, caseOf } from "./subjects";

/** Every host name of AWS in the JSON: service principals, and how KMS names the services that call it. */
const hostsOf = (one: Case): readonly string[] => {
  const found = one.subjects
    .flatMap(({ json }) => literals(json))
    .flatMap(({ text }) => text.match(/(?<![\w.-])[\w.-]+\.amazonaws\.com(\.cn)?/g) ?? []);
  return [...new Set(found)].sort();
};

const endpointsOf = ({ stacks }: Case): readonly string[] =>
  (stacks.network?.all(VpcEndpoint) ?? []).map((endpoint) => String(endpoint.service_name)).sort();

describe("in China", () => {
  test("a principal is what IAM in China calls that service", () => {
    expect(hostsOf(caseOf("China"))).toEqual([
      "autoscaling.amazonaws.com",
      "backup.amazonaws.com",
      "backup.cn-north-1.amazonaws.com.cn",
      "backup.cn-northwest-1.amazonaws.com.cn",
      "cloudwatch.amazonaws.com",
      "ec2.amazonaws.com.cn",
      "elasticloadbalancing.amazonaws.com",
      "events.rds.amazonaws.com",
      "logs.cn-north-1.amazonaws.com.cn",
      "monitoring.rds.amazonaws.com",
      "rds.amazonaws.com",
      "rds.application-autoscaling.amazonaws.com",
      "rds.cn-north-1.amazonaws.com.cn",
      "rds.cn-northwest-1.amazonaws.com.cn",
      "secretsmanager.cn-north-1.amazonaws.com.cn",
      "secretsmanager.cn-northwest-1.amazonaws.com.cn",
      "sts.amazonaws.com.cn",
      "vpc-flow-logs.amazonaws.com",
    ]);
  });

  test("an endpoint service has the name that it has in China", () => {
    expect(endpointsOf(caseOf("China"))).toEqual([
      "cn.com.amazonaws.cn-north-1.autoscaling",
      "cn.com.amazonaws.cn-north-1.monitoring",
      "cn.com.amazonaws.cn-north-1.sts",
      "com.amazonaws.cn-north-1.ec2messages",
      "com.amazonaws.cn-north-1.kms",
      "com.amazonaws.cn-north-1.logs",
      "com.amazonaws.cn-north-1.s3",
      "com.amazonaws.cn-north-1.secretsmanager",
      "com.amazonaws.cn-north-1.ssm",
      "com.amazonaws.cn-north-1.ssmmessages",
    ]);
  });
});

describe("in GovCloud", () => {
  test("a principal is the same as in the commercial regions", () => {
    expect(hostsOf(caseOf("GovCloud"))).toEqual([
      "autoscaling.amazonaws.com",
      "backup.amazonaws.com",
      "backup.us-gov-east-1.amazonaws.com",
      "backup.us-gov-west-1.amazonaws.com",
      "cloudwatch.amazonaws.com",
      "ec2.amazonaws.com",
      "events.rds.amazonaws.com",
      "logs.us-gov-west-1.amazonaws.com",
      "monitoring.rds.amazonaws.com",
      "rds.us-gov-east-1.amazonaws.com",
      "rds.us-gov-west-1.amazonaws.com",
      "secretsmanager.us-gov-west-1.amazonaws.com",
      "vpc-flow-logs.amazonaws.com",
    ]);
  });

  test("an endpoint service has the usual name", () => {
    expect(endpointsOf(caseOf("GovCloud"))).toEqual([
      "com.amazonaws.us-gov-west-1.autoscaling",
      "com.amazonaws.us-gov-west-1.ec2messages",
      "com.amazonaws.us-gov-west-1.kms",
      "com.amazonaws.us-gov-west-1.logs",
      "com.amazonaws.us-gov-west-1.monitoring",
      "com.amazonaws.us-gov-west-1.s3",
      "com.amazonaws.us-gov-west-1.secretsmanager",
      "com.amazonaws.us-gov-west-1.ssm",
      "com.amazonaws.us-gov-west-1.ssmmessages",
      "com.amazonaws.us-gov-west-1.sts",
    ]);
  });
});

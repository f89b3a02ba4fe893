import { arn, endpointServiceName, partitionOf, servicePrincipal } from "../../../config/partition";

test.each([
  ["eu-west-1", { name: "aws", dnsSuffix: "amazonaws.com" }],
  ["us-east-1", { name: "aws", dnsSuffix: "amazonaws.com" }],
  ["cn-north-1", { name: "aws-cn", dnsSuffix: "amazonaws.com.cn" }],
  ["us-gov-west-1", { name: "aws-us-gov", dnsSuffix: "amazonaws.com" }],
])("knows the partition of %s", (region, partition) => {
  expect(partitionOf(region)).toEqual(partition);
});

test.each([
  ["eu-west-1", "secretsmanager", "arn:aws:secretsmanager:eu-west-1:111122223333:x"],
  ["cn-north-1", "secretsmanager", "arn:aws-cn:secretsmanager:cn-north-1:111122223333:x"],
  ["us-gov-west-1", "secretsmanager", "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:x"],
  ["cn-north-1", "iam", "arn:aws-cn:iam::111122223333:x"],
])("writes an ARN of %s for %s", (region, service, expected) => {
  expect(arn(region, service, "111122223333", "x")).toBe(expected);
});

test.each([
  ["eu-west-1", "ec2", "ec2.amazonaws.com"],
  ["cn-north-1", "ec2", "ec2.amazonaws.com.cn"],
  ["us-gov-west-1", "ec2", "ec2.amazonaws.com"],
  ["cn-north-1", "monitoring.rds", "monitoring.rds.amazonaws.com"],
  ["eu-west-1", "logs", "logs.eu-west-1.amazonaws.com"],
  ["cn-north-1", "logs", "logs.cn-north-1.amazonaws.com.cn"],
])("names the principal of a service in %s: %s", (region, service, expected) => {
  expect(servicePrincipal(service, region)).toBe(expected);
});

test.each([
  ["eu-west-1", "sts", "com.amazonaws.eu-west-1.sts"],
  ["us-gov-west-1", "sts", "com.amazonaws.us-gov-west-1.sts"],
  ["cn-north-1", "sts", "cn.com.amazonaws.cn-north-1.sts"],
  ["cn-north-1", "ssm", "com.amazonaws.cn-north-1.ssm"],
])("names the endpoint of a service in %s: %s", (region, service, expected) => {
  expect(endpointServiceName(service, region)).toBe(expected);
});

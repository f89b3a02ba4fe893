/** An AWS partition as far as names are built from it. */
export interface Partition {
  /** First part of every ARN after `arn:`. */
  readonly name: "aws" | "aws-cn" | "aws-us-gov";
  /** Domain of its endpoints. */
  readonly dnsSuffix: "amazonaws.com" | "amazonaws.com.cn";
}

/** Services whose principal carries the partition's domain; all others are `amazonaws.com` everywhere. */
const partitionalPrincipals: readonly string[] = ["ec2", "logs"];

/** Interface endpoints that carry the partition's own prefix in China; the others are `com.amazonaws.…` there too. */
const chineseEndpoints: readonly string[] = ["autoscaling", "monitoring", "sts"];

/** The partition of a region, known from its name alone (AWS General Reference, "ARNs"). */
export function partitionOf(region: string): Partition {
  if (region.startsWith("cn-")) return { name: "aws-cn", dnsSuffix: "amazonaws.com.cn" };
  return { name: region.startsWith("us-gov-") ? "aws-us-gov" : "aws", dnsSuffix: "amazonaws.com" };
}

/** The service principal that a policy of this region must name; `logs` is regional. */
export function servicePrincipal(service: string, region: string): string {
  const host = service === "logs" ? `logs.${region}` : service;
  return `${host}.${partitionalPrincipals.includes(service) ? partitionOf(region).dnsSuffix : "amazonaws.com"}`;
}

/** The service name of a VPC endpoint (`com.amazonaws.<region>.<service>`, with China's exceptions). */
export function endpointServiceName(service: string, region: string): string {
  const prefix = partitionOf(region).name === "aws-cn" && chineseEndpoints.includes(service) ? "cn." : "";
  return `${prefix}com.amazonaws.${region}.${service}`;
}

/** Services whose ARNs name no region. */
const global: readonly string[] = ["iam", "route53", "s3"];

/** An ARN of this region's partition; leave region or account empty where the service has none. */
export function arn(region: string, service: string, account: string, resource: string): string {
  return `arn:${partitionOf(region).name}:${service}:${global.includes(service) ? "" : region}:${account}:${resource}`;
}

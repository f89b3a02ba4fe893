import { arn, partitionOf, servicePrincipal } from "./partition";

/** One account in one region: ARNs, principals and hosts that depend on the two. */
export class Account {
  constructor(
    /** Twelve digits, or a Terraform reference to them. */
    readonly id: string,
    readonly region: string,
  ) {}

  /** The same account in another region. */
  in(region: string): Account {
    return new Account(this.id, region);
  }

  /** The ARN of something in this account. */
  arn(service: string, resource: string): string {
    return arn(this.region, service, this.id, resource);
  }

  /** The ARN of a policy that AWS keeps. */
  awsPolicyArn(path: string): string {
    return arn(this.region, "iam", "aws", `policy/${path}`);
  }

  /** The account itself as a principal: whomever IAM allows to. */
  get rootArn(): string {
    return this.arn("iam", "root");
  }

  /** The principal of a service in this region. */
  principal(service: string): string {
    return servicePrincipal(service, this.region);
  }

  /** How KMS names a service that calls it on somebody's behalf (condition `kms:ViaService`). */
  viaService(service: string): string {
    return `${service}.${this.region}.${partitionOf(this.region).dnsSuffix}`;
  }
}

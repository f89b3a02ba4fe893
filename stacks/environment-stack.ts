import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { awsName, type NameKind } from "../config/naming";
import { arn, partitionOf, servicePrincipal } from "../config/partition";
import type { Environment } from "../config/schema/environment";
import { stateLocation, type StackName } from "../config/state";

/** A stack of one environment: its provider, its tags, the place of its state, and how its things are named. */
export abstract class EnvironmentStack extends TerraformStack {
  /** Id of the account: the configured one, or else whose credentials are used. */
  protected readonly account: string;
  protected readonly environmentTags: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    stack: StackName,
    protected readonly environment: Environment,
  ) {
    super(scope, stack);
    const { name, region, accountId, owner, tags } = environment;
    this.environmentTags = { ...tags, Project: "pgpool-aurora", Environment: name, Stack: stack, Owner: owner };
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: accountId === undefined ? undefined : [accountId],
      defaultTags: [{ tags: { ...this.environmentTags } }],
    });
    this.account = accountId ?? new DataAwsCallerIdentity(this, "account").accountId;
    this.addBackend(stack);
  }

  /** A name of this environment: `<environment>-pgpool[-part]`. */
  protected named(kind: NameKind, ...parts: readonly string[]): string {
    return awsName(kind, this.environment.name, "pgpool", ...parts);
  }

  /** Name of a log group of this environment. */
  protected logGroupName(part: string): string {
    return awsName("log-group", `/pgpool-aurora/${this.environment.name}/${part}`);
  }

  protected arn(service: string, resource: string): string {
    return arn(this.environment.region, service, this.account, resource);
  }

  /** The account itself as a principal: whom IAM allows to. */
  protected get rootArn(): string {
    return this.arn("iam", "root");
  }

  protected principal(service: string): string {
    return servicePrincipal(service, this.environment.region);
  }

  /** How KMS names a service that calls it on somebody's behalf (condition `kms:ViaService`). */
  protected viaService(service: string): string {
    const { region } = this.environment;
    return `${service}.${region}.${partitionOf(region).dnsSuffix}`;
  }

  private addBackend(stack: StackName): void {
    const location = stateLocation(this.environment, stack);
    if (location.kind === "local") {
      new LocalBackend(this, { path: location.path });
      return;
    }
    const { kind: _, ...place } = location;
    // cdktf 0.21 does not know use_lockfile, which replaced the DynamoDB table in Terraform 1.11.
    new S3Backend(this, { ...place, encrypt: true }).addOverride("use_lockfile", true);
  }
}

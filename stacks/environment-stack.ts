import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Account } from "../config/account";
import { awsName, environmentName, type NameKind } from "../config/naming";
import { projectTag } from "../config/project-tag";
import type { Environment } from "../config/schema/environment";
import { stateLocation, type StackName } from "../config/state";

/** A stack of one environment: its provider, its tags, the place of its state, and how its things are named. */
export abstract class EnvironmentStack extends TerraformStack {
  /** The configured account, or else the one whose credentials are used. */
  protected readonly account: Account;
  protected readonly environmentTags: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    stack: StackName,
    protected readonly environment: Environment,
  ) {
    super(scope, stack);
    const { name, region, accountId, owner, tags } = environment;
    this.environmentTags = { ...tags, Project: projectTag, Environment: name, Stack: stack, Owner: owner };
    new AwsProvider(this, "aws", {
      region,
      allowedAccountIds: accountId === undefined ? undefined : [accountId],
      defaultTags: [{ tags: { ...this.environmentTags } }],
    });
    this.account = new Account(accountId ?? new DataAwsCallerIdentity(this, "account").accountId, region);
    this.addBackend(stack);
  }

  /** A name of this environment: `<environment>-pgpool[-part]`. */
  protected named(kind: NameKind, ...parts: readonly string[]): string {
    return environmentName(kind, this.environment.name, ...parts);
  }

  /** Name of a log group of this environment. */
  protected logGroupName(part: string): string {
    return awsName("log-group", `/pgpool-aurora/${this.environment.name}/${part}`);
  }

  private addBackend(stack: StackName): void {
    const location = stateLocation(this.environment, stack);
    if (location.kind === "local") {
      new LocalBackend(this, { path: location.path });
      return;
    }
    const { bucket, key, region, kmsKeyId } = location;
    // cdktf 0.21 does not know use_lockfile, which replaced the DynamoDB table in Terraform 1.11.
    new S3Backend(this, { bucket, key, region, kmsKeyId, encrypt: true }).addOverride("use_lockfile", true);
  }
}

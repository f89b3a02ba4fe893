import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { healthSecretName } from "../config/naming";
import { arn, partitionOf } from "../config/partition";
import type { Environment } from "../config/schema/environment";
import type { GithubPipeline } from "../config/schema/pipeline";
import { planFolder, stateLocation } from "../config/state";
import type { Deployable } from "../constructs/iam/deploy-statements";
import { GithubRoles } from "../constructs/iam/github-roles";
import type { StateStore } from "../constructs/iam/state-statements";
import { githubIssuer } from "../constructs/iam/workflow-role";
import { pipelineContract } from "../contracts/pipeline";
import { EnvironmentStack } from "./environment-stack";

/** Roles that the stacks of an environment make, by the last part of their names. */
const stackRoles = ["backup", "flow-logs", "monitoring", "node"];

/**
 * The roles of the workflows that deploy the other stacks. A stack of its own, which no other one knows: who deploys
 * must not be able to change his own rights, so a person applies it.
 */
export class PipelineStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, pipeline: GithubPipeline) {
    super(scope, pipelineContract.producer, environment);
    const { region } = environment;
    const audience = `sts.${partitionOf(region).dnsSuffix}`;
    const store = this.stateStore();
    const { arns } = new GithubRoles(this, "github", {
      names: this.roleNames(),
      repository: pipeline.repository,
      branch: pipeline.branch,
      environment: environment.name,
      oidcProvider: pipeline.oidcProvider,
      audience,
      possessions: this.possessions(),
      state: store,
      ownStateArn: store.stateArns.replace("*", "pipeline"),
      keyUsers: this.regions().flatMap((one) =>
        ["backup", "rds", "secretsmanager"].map((service) => this.account.in(one).viaService(service)),
      ),
    });
    pipelineContract.publish(this, { githubVariable: Fn.jsonencode({ region, audience, ...arns }) });
  }

  private roleNames() {
    const name = (part: string): string => this.named("iam-role", part);
    return { plan: name("plan"), propose: name("propose"), deploy: name("deploy") };
  }

  /** The environment's region, and that of its copied backups. */
  private regions(): readonly string[] {
    const { region, database } = this.environment;
    const copies = database.awsBackup?.copyTo?.region;
    return copies === undefined ? [region] : [region, copies];
  }

  private stateStore(): StateStore {
    const { name, region, state } = this.environment;
    const location = stateLocation(this.environment, "pipeline");
    if (state.kind === "local" || location.kind === "local") throw new Error("a pipeline needs its state in S3");
    const bucketArn = arn(region, "s3", "", state.bucket);
    return {
      bucketArn,
      stateArns: `${bucketArn}/${location.key.replace("pipeline", "*")}`,
      lockArns: `${bucketArn}/${location.key.replace("pipeline", "*")}.tflock`,
      planArns: `${bucketArn}/${planFolder(name)}*`,
      keyArn: state.kmsKeyArn,
      viaS3: this.account.in(state.region).viaService("s3"),
    };
  }

  private possessions(): Deployable {
    const { account, environment } = this;
    const iam = (resource: string): string => account.arn("iam", resource);
    const roles = stackRoles.map((part) => iam(`role/${this.named("iam-role", part)}`));
    const linkedRoleArns = iam("role/aws-service-role/*");
    const own = Object.values(this.roleNames()).map((role) => iam(`role/${role}`));
    const profile = iam(`instance-profile/${this.named("load-balancer")}`);
    const providerArn = iam(`oidc-provider/${githubIssuer}`);
    const { image, pgpool, database, region, name } = environment;
    return {
      regions: this.regions(),
      roleArns: [...roles, ...own, profile, linkedRoleArns],
      providerArn,
      imageParameterArn: image.kind === "parameter" ? account.arn("ssm", `parameter${image.name}`) : undefined,
      healthSecretArn:
        database.healthUser.kind === "dedicated"
          ? account.arn("secretsmanager", `secret:${healthSecretName(name)}-??????`)
          : undefined,
      hostedZoneArn: pgpool.dns && arn(region, "route53", "", `hostedzone/${pgpool.dns.zoneId}`),
      changeableRoleArns: [...roles, profile],
      attachableArns: ["AmazonRDSEnhancedMonitoringRole", "AWSBackupServiceRolePolicyForBackup"].map((policy) =>
        account.awsPolicyArn(`service-role/${policy}`),
      ),
      roleUsers: ["autoscaling", "backup", "ec2", "monitoring.rds", "vpc-flow-logs"].map((service) =>
        account.principal(service),
      ),
      linkedRoleArns,
      linkedServices: ["autoscaling", "backup", "elasticloadbalancing", "rds", "rds.application-autoscaling"].map(
        (service) => account.principal(service),
      ),
      untouchableArns: [...own, providerArn],
    };
  }
}

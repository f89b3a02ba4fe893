import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import { changePossessions, changeRoles, type Deployable } from "./deploy-statements";
import { readPossessions } from "./read-statements";
import { applyPlans, keepPlans, neverReadSecrets, neverWrite, readState, type StateStore } from "./state-statements";
import type { Statement } from "./statements";
import { githubIssuer, WorkflowRole } from "./workflow-role";

export interface GithubRolesProps {
  readonly names: { readonly plan: string; readonly propose: string; readonly deploy: string };
  /** `owner/name` */
  readonly repository: string;
  /** The branch that is deployed. */
  readonly branch: string;
  /** GitHub's environment, whose protection a deployment has to pass. */
  readonly environment: string;
  readonly oidcProvider: "existing" | "new";
  /** Whom GitHub's tokens are for, their `aud`. */
  readonly audience: string;
  readonly possessions: Deployable;
  readonly state: StateStore;
  /** The state of these roles themselves. */
  readonly ownStateArn: string;
  /** How KMS names the services that use keys for what the stacks make. */
  readonly keyUsers: readonly string[];
}

/**
 * Three roles for three situations, so that code that nobody has approved can change nothing: jobs of a pull request
 * read; those of the deployed branch also keep plan files; those that GitHub's environment protection lets through
 * apply them.
 */
export class GithubRoles extends Construct {
  readonly arns: { readonly plan: string; readonly propose: string; readonly deploy: string };

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GithubRolesProps,
  ) {
    super(scope, id);
    const { state, possessions, branch, environment, ownStateArn, keyUsers } = props;
    const reads = [...readPossessions(possessions), ...readState(state), neverReadSecrets];
    const providerArn = this.providerArn();
    const role = (part: keyof GithubRolesProps["names"], situation: string, does: string, statements: Statement[]) =>
      new WorkflowRole(this, part, {
        name: props.names[part],
        description: `GitHub Actions: ${does}`,
        providerArn,
        audience: props.audience,
        subject: `repo:${props.repository}:${situation}`,
        statements: [...reads, ...statements],
      }).arn;
    this.arns = {
      plan: role("plan", "pull_request", "plans what a pull request would change", [
        neverWrite(state.bucketArn + "/*"),
      ]),
      propose: role("propose", `ref:refs/heads/${branch}`, "plans for approval", [
        ...keepPlans(state),
        neverWrite(state.stateArns),
      ]),
      deploy: role("deploy", `environment:${environment}`, "applies what was approved", [
        ...applyPlans(state),
        ...changePossessions(possessions, keyUsers),
        ...changeRoles(possessions),
        neverWrite(ownStateArn),
      ]),
    };
  }

  private providerArn(): string {
    const { oidcProvider, possessions, audience } = this.props;
    if (oidcProvider === "existing") return possessions.providerArn;
    // No thumbprint: AWS checks GitHub's certificate against its own list of authorities.
    return new IamOpenidConnectProvider(this, "provider", { url: `https://${githubIssuer}`, clientIdList: [audience] })
      .arn;
  }
}

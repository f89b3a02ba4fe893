import type { Verdict } from "./checkov";

/** A rule of checkov that some environments do not meet, on purpose. */
export interface PolicyException {
  /** Id of the rule. */
  readonly check: string;
  /** Names of the environments; a new environment has none of the exceptions that name others. */
  readonly environments: "all" | readonly string[];
  /** Resources, as checkov names them. */
  readonly resource: RegExp;
  /** Why the rule is not met, and what stands in its place. */
  readonly reason: string;
}

/** All of them. `npm run test:policy` fails for a finding that is not here, and for an exception that is not needed. */
export const exceptions: readonly PolicyException[] = [
  {
    check: "CKV_AWS_91",
    environments: "all",
    resource: /endpoint_load-balancer_/,
    reason:
      "Access logs of a Network Load Balancer exist for TLS listeners only, and TLS ends at Pgpool-II here. " +
      "The VPC's flow logs and Pgpool's own log say who connected.",
  },
  {
    check: "CKV_AWS_162",
    environments: ["example", "development", "existing-vpc"],
    resource: /aurora_cluster_/,
    reason:
      "IAM database authentication is on request (database.iamAuthentication): through Pgpool-II clients log in with " +
      "a password (SCRAM), so it would only open a second way in.",
  },
  {
    check: "CKV2_AWS_8",
    environments: ["example", "development", "existing-vpc"],
    resource: /aurora_cluster_/,
    reason:
      "AWS Backup is on request (database.awsBackup): a vault and its recovery points cost money and outlive the " +
      "cluster. Automated backups with point-in-time recovery are always on.",
  },
  {
    check: "CKV_AWS_139",
    environments: ["development"],
    resource: /aurora_cluster_/,
    reason:
      "A disposable environment: deletionProtection is off, so that it can be destroyed. A final snapshot is taken.",
  },
  {
    check: "CKV_AWS_150",
    environments: ["development"],
    resource: /endpoint_load-balancer_/,
    reason: "A disposable environment: deletionProtection is off, so that it can be destroyed.",
  },
];

/** Whether an exception is for a finding. */
export const excepts = ({ check, environments, resource }: PolicyException, finding: Verdict): boolean =>
  finding.check === check &&
  (environments === "all" || environments.includes(finding.environment)) &&
  resource.test(finding.resource);

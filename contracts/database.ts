import { StackContract, text, type ValuesOf } from "./stack-contract";
import { standInArn, standInHost, standInId } from "./stand-in";

/** What the database gives to the fleet, and to people. */
export const databaseContract = new StackContract("database", {
  clusterEndpoint: text("Cluster endpoint: follows the writer.", standInHost("cluster")),
  readerEndpoint: text("Reader endpoint: spreads over the readers.", standInHost("reader")),
  secretArn: text(
    "ARN of the secret with the master user's password.",
    standInArn("secretsmanager", "secret:stand-in-000000"),
  ),
  healthSecretArn: text(
    "ARN of the secret that the nodes log in with: the health user's own, or the master user's.",
    standInArn("secretsmanager", "secret:stand-in-health-000000"),
  ),
  keyArn: text(
    "KMS key of the cluster and both secrets.",
    standInArn("kms", "key/00000000-0000-0000-0000-000000000000"),
  ),
  securityGroupId: text("Security group of the cluster.", standInId("sg", 2)),
  alarmTopicArn: text("SNS topic of all alarms.", standInArn("sns", "stand-in-alarms")),
});

export type DatabaseValues = ValuesOf<typeof databaseContract>;

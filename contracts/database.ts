import { StackContract, text, type ValuesOf } from "./stack-contract";

/** What the database gives to the fleet, and to people. */
export const databaseContract = new StackContract("database", {
  clusterEndpoint: text("Cluster endpoint: follows the writer."),
  readerEndpoint: text("Reader endpoint: spreads over the readers."),
  secretArn: text("ARN of the secret with the master user's password."),
  healthSecretArn: text("ARN of the secret that the nodes log in with: the health user's own, or the master user's."),
  keyArn: text("KMS key of the cluster and both secrets."),
  securityGroupId: text("Security group of the cluster."),
  alarmTopicArn: text("SNS topic of all alarms."),
});

export type DatabaseValues = ValuesOf<typeof databaseContract>;

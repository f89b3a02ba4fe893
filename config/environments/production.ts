import type { EnvironmentInput } from "../schema/environment";

/** Everything on: three zones without NAT, audit, scaling readers, backups copied to a second region. */
export const production = {
  region: "eu-west-1",
  accountId: "111122223333",
  owner: "database-team@example.com",
  tags: { CostCenter: "4711" },
  state: { kind: "s3", bucket: "example-pgpool-aurora-state", region: "eu-west-1" },
  network: {
    kind: "new",
    cidr: "10.40.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    nat: "none",
    interfaceEndpoints: [
      "autoscaling",
      "ec2messages",
      "kms",
      "logs",
      "monitoring",
      "secretsmanager",
      "ssm",
      "ssmmessages",
      "sts",
    ],
  },
  database: {
    capacity: { kind: "provisioned", instanceClass: "db.r7g.large" },
    replicaCount: 2,
    healthUser: { kind: "dedicated" },
    readerAutoscaling: { maxReaders: 5 },
    backupRetentionDays: 35,
    awsBackup: { copyTo: { region: "eu-central-1" } },
    iamAuthentication: true,
    pgaudit: ["ddl", "role"],
  },
  pgpool: {
    instanceType: "m7g.large",
    minCapacity: 3,
    maxCapacity: 9,
    desiredCapacity: 3,
    clientsPerNode: 120,
    dns: { zoneId: "Z0123456789ABCDEFGHIJ", name: "db.example.com" },
  },
  image: { kind: "parameter", name: "/pgpool-aurora/image/arm64", architecture: "arm64" },
  alarms: { emails: ["database-oncall@example.com"], databaseConnections: 1200 },
} satisfies EnvironmentInput;

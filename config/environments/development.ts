import { projectTag } from "../project-tag";
import type { EnvironmentInput } from "../schema/environment";

/** Cheap and disposable: shared state, but nothing is kept from being deleted. */
export const development = {
  region: "eu-west-1",
  owner: "database-team@example.com",
  deletionProtection: false,
  state: { kind: "s3", bucket: "example-pgpool-aurora-state", region: "eu-west-1" },
  network: { kind: "new", cidr: "10.30.0.0/16", zones: ["eu-west-1a", "eu-west-1b"], nat: "single" },
  database: { capacity: { kind: "serverless", minAcu: 0.5, maxAcu: 4 }, backupRetentionDays: 1 },
  pgpool: { minCapacity: 1, maxCapacity: 2, desiredCapacity: 1 },
  image: { kind: "lookup", owner: "self", tags: { Project: projectTag } },
} satisfies EnvironmentInput;

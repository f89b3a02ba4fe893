import type { BootDocument } from "../../../config/boot-document";

/** A boot document that every test starts from; only loopback addresses, nothing else may be called. */
export const documentWith = (changes: Partial<BootDocument> = {}): BootDocument => ({
  version: 1,
  environment: "test",
  region: "eu-west-1",
  writerEndpoint: "127.0.0.1",
  readerEndpoint: "127.0.0.2",
  healthDatabase: "postgres",
  secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:health-AbCdEf",
  logGroup: "/pgpool-aurora/test/nodes",
  metricsNamespace: "pgpool-aurora/test",
  autoScalingGroup: "test-pgpool",
  terminationHook: "drain",
  drainTimeoutSeconds: 10,
  settings: { num_init_children: 8, session_consistency: "strong", tunables: {}, client_idle_limit: 3590 },
  ...changes,
});

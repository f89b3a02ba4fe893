import type { BootDocument } from "../../config/boot-document";

/** What a test changes in a boot document; of `settings` it names only some too. */
type Changes = Partial<Omit<BootDocument, "settings">> & { readonly settings?: Partial<BootDocument["settings"]> };

/** A boot document that every test starts from; a test names only what it is about. */
export const documentWith = ({ settings, ...changes }: Changes = {}): BootDocument => ({
  version: 1,
  environment: "test",
  region: "eu-west-1",
  writerEndpoint: "writer.example.com",
  readerEndpoint: "reader.example.com",
  healthDatabase: "postgres",
  secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:health-AbCdEf",
  certificate: { kind: "self-signed" },
  logGroup: "/pgpool-aurora/test/nodes",
  metricsNamespace: "pgpool-aurora/test",
  autoScalingGroup: "test-pgpool",
  terminationHook: "drain",
  drainTimeoutSeconds: 120,
  settings: {
    num_init_children: 64,
    session_consistency: "strong",
    readers: "endpoint",
    tunables: {},
    client_idle_limit: 3590,
    ...settings,
  },
  ...changes,
});

/** All that a node learns at boot; the image knows the rest. ARNs and names only, never a secret. */
export interface BootDocument {
  /** Version of this form: a node refuses one that it does not know. */
  readonly version: 1;
  readonly environment: string;
  readonly region: string;
  readonly writerEndpoint: string;
  readonly readerEndpoint: string;
  /** Database that health checks ask: it is always there. */
  readonly healthDatabase: string;
  /** The node fetches the secret itself, so no secret enters the state. */
  readonly secretArn: string;
  readonly logGroup: string;
  readonly metricsNamespace: string;
  readonly autoScalingGroup: string;
  readonly terminationHook: string;
  readonly drainTimeoutSeconds: number;
  /** Settings of pgpool.conf that this environment decides. */
  readonly settings: {
    readonly num_init_children: number;
    readonly client_idle_limit: number;
  };
}

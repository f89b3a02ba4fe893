import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A statement as the RDS Data API is asked to run it. */
export interface Asked {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Whom it logs in as: what the secret holds that the request names. */
  readonly login: Login;
}
interface Login {
  readonly username: string;
  readonly password: string;
}
interface Version {
  readonly text: string;
  stages: string[];
}

/** An error as AWS answers it. */
export class AwsRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const master = {
  arn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-1-AbCdEf",
  username: "pgpool_admin",
};

/**
 * Secrets Manager with the secret of the health user, RDS with the cluster, and its Data API, which hands statements to
 * the test. State is public, so that a test can leave what a run left that was cut off.
 */
export class FakeDatabaseAccount {
  /** Versions of the health user's secret by their ids. */
  readonly versions = new Map<string, Version>();
  /** Every call that changes something, and its argument that matters. */
  readonly calls: string[] = [];
  secretExists = true;
  masterPassword = "master's";
  cluster: { arn: string; status: string; dataApi: boolean } | undefined = {
    arn: "arn:aws:rds:eu-west-1:111122223333:cluster:production-pgpool",
    status: "available",
    dataApi: true,
  };
  /** Called before each request is answered: where it throws, AWS answers with that. */
  before: (call: string) => void = () => undefined;
  private server: Server | undefined;

  constructor(
    private readonly secretName: string,
    private readonly execute: (asked: Asked) => unknown[][] | Promise<unknown[][]>,
  ) {}

  get secretArn(): string {
    return `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${this.secretName}-AbCdEf`;
  }

  /** What the nodes would read. */
  get current(): Login | undefined {
    return this.at("AWSCURRENT");
  }

  at(stage: string): Login | undefined {
    const found = [...this.versions.values()].find(({ stages }) => stages.includes(stage));
    return found === undefined ? undefined : (JSON.parse(found.text) as Login);
  }

  put(login: object, ...stages: string[]): string {
    const id = randomUUID();
    for (const version of this.versions.values())
      version.stages = version.stages.filter((stage) => !stages.includes(stage));
    this.versions.set(id, { text: JSON.stringify(login), stages });
    return id;
  }

  /** What makes the AWS SDK ask this and nobody else. */
  get environment(): Readonly<Record<string, string>> {
    const { port } = this.server?.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
    };
  }

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, type, body, code }) => {
        response.writeHead(status, {
          "content-type": type,
          ...(code === undefined ? {} : { "x-amzn-errortype": code }),
        });
        response.end(body);
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async answer(request: IncomingMessage) {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    const target = request.headers["x-amz-target"];
    const call =
      typeof target === "string" ? (target.split(".")[1] ?? "") : request.url === "/Execute" ? "Execute" : "Describe";
    try {
      this.before(call);
      if (call === "Describe") return { status: 200, type: "text/xml", body: this.describeCluster() };
      const input = JSON.parse(text) as Record<string, unknown>;
      const output = call === "Execute" ? await this.statement(input) : this.secret(call, input);
      return { status: 200, type: "application/x-amz-json-1.1", body: JSON.stringify(output) };
    } catch (error) {
      const code = error instanceof AwsRefusal ? error.code : "DatabaseErrorException";
      const message = (error as Error).message;
      if (call !== "Describe")
        return { status: 400, type: "application/json", body: JSON.stringify({ __type: code, message }), code };
      const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
      return { status: code.includes("NotFound") ? 404 : 400, type: "text/xml", body };
    }
  }

  private describeCluster(): string {
    const { cluster } = this;
    if (cluster === undefined) throw new AwsRefusal("DBClusterNotFoundFault", "DBCluster not found");
    const secret = `<MasterUserSecret><SecretArn>${master.arn}</SecretArn></MasterUserSecret>`;
    const facts = `<DBClusterArn>${cluster.arn}</DBClusterArn><Status>${cluster.status}</Status>`;
    const inner = `${facts}<HttpEndpointEnabled>${cluster.dataApi}</HttpEndpointEnabled>${secret}`;
    const name = "DescribeDBClusters";
    return `<${name}Response><${name}Result><DBClusters><DBCluster>${inner}</DBCluster></DBClusters></${name}Result></${name}Response>`;
  }

  private async statement(input: Record<string, unknown>): Promise<object> {
    const { sql, secretArn, parameters = [] } = input as { sql: string; secretArn: string; parameters?: Parameter[] };
    const login = secretArn === master.arn ? { ...master, password: this.masterPassword } : this.current;
    if (login === undefined) throw new AwsRefusal("SecretsErrorException", "the secret has no value");
    const values = Object.fromEntries(parameters.map(({ name, value }) => [name, value.stringValue]));
    const rows = await this.execute({ sql, parameters: values, login });
    if (!sql.startsWith("SELECT")) this.calls.push(sql);
    const field = (value: unknown) =>
      typeof value === "boolean" ? { booleanValue: value } : { stringValue: String(value) };
    return { records: rows.map((row) => row.map(field)) };
  }

  private secret(call: string, input: Record<string, unknown>): object {
    const { SecretId, VersionId, SecretString } = input as Record<string, string>;
    if (!this.secretExists || ![this.secretName, this.secretArn].includes(SecretId ?? "")) {
      throw new AwsRefusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    switch (call) {
      case "DescribeSecret": {
        const stages = [...this.versions].filter(([, { stages: labels }]) => labels.length > 0);
        const VersionIdsToStages = Object.fromEntries(stages.map(([id, { stages: labels }]) => [id, labels]));
        return { ARN: this.secretArn, Name: this.secretName, VersionIdsToStages };
      }
      case "GetSecretValue":
        return { ARN: this.secretArn, SecretString: this.versions.get(VersionId ?? "")?.text };
      case "PutSecretValue": {
        // As AWS does: the first version of all is current, whatever it is asked to be.
        const first = this.versions.size === 0 ? ["AWSCURRENT"] : [];
        this.calls.push(call);
        return {
          VersionId: this.put(JSON.parse(SecretString ?? "") as object, ...(input.VersionStages as string[]), ...first),
        };
      }
      default:
        this.calls.push(`${call} ${String(input.VersionStage)}`);
        return this.move(input as Record<string, string>);
    }
  }

  private move({ VersionStage = "", MoveToVersionId, RemoveFromVersionId }: Record<string, string>): object {
    const holder = [...this.versions].find(([, { stages }]) => stages.includes(VersionStage))?.[0];
    if (holder !== RemoveFromVersionId) throw new AwsRefusal("InvalidParameterException", "the stage is elsewhere");
    for (const version of this.versions.values())
      version.stages = version.stages.filter((stage) => stage !== VersionStage);
    if (MoveToVersionId !== undefined) this.versions.get(MoveToVersionId)?.stages.push(VersionStage);
    return {};
  }
}

interface Parameter {
  readonly name: string;
  readonly value: { readonly stringValue: string };
}

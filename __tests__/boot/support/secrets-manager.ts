import { eventually, type PrivateNetwork } from "./network";

const port = 5000;

/** moto's Secrets Manager in the test's own network. */
export class SecretsManager {
  /** What makes the AWS SDK ask it and nobody else. */
  readonly environment = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
  };

  constructor(private readonly network: PrivateNetwork) {}

  async start(): Promise<void> {
    this.network.start("moto_server", ["-H", "127.0.0.1", "-p", String(port)]);
    await eventually(
      "moto answers",
      () => this.network.run("curl", ["-sf", "-o", "/dev/null", `http://127.0.0.1:${port}/moto-api/`]).status === 0,
    );
  }

  /** Makes a secret; its ARN. */
  create(name: string, value: object): string {
    const answer = this.call("CreateSecret", { Name: name, SecretString: JSON.stringify(value) });
    return (JSON.parse(answer) as { ARN: string }).ARN;
  }

  /** Rotates a secret. */
  put(secretId: string, value: object): void {
    this.call("PutSecretValue", { SecretId: secretId, SecretString: JSON.stringify(value) });
  }

  private call(action: string, body: object): string {
    const credential = "test/20260101/eu-west-1/secretsmanager/aws4_request";
    const headers = [
      `X-Amz-Target: secretsmanager.${action}`,
      "Content-Type: application/x-amz-json-1.1",
      `Authorization: AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
    ];
    const parameters = [
      "-s",
      "--fail-with-body",
      "-d",
      "@-",
      ...headers.flatMap((header) => ["-H", header]),
      `http://127.0.0.1:${port}/`,
    ];
    const { status, stdout } = this.network.run("curl", parameters, { input: JSON.stringify(body) });
    if (status !== 0) throw new Error(`moto did not ${action}`);
    return stdout;
  }
}

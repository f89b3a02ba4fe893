import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The part of Secrets Manager that a node asks: two secrets, which tests rotate. */
export class SecretService {
  /** The health user. */
  value: object = {};
  /** The secret with "certificate" in its name. */
  certificate: object = {};
  /** When that was written. */
  certificateCreated = new Date(0);
  private server: Server | undefined;

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (part: string) => (body += part));
      request.once("end", () => {
        const known = request.headers["x-amz-target"] === "secretsmanager.GetSecretValue";
        response.writeHead(known ? 200 : 400, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify(known ? this.answer(body) : {}));
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
  }

  private answer(body: string): object {
    const { SecretId } = JSON.parse(body) as { readonly SecretId: string };
    if (!SecretId.includes("certificate")) return { SecretString: JSON.stringify(this.value) };
    const CreatedDate = this.certificateCreated.getTime() / 1000;
    return { SecretString: JSON.stringify(this.certificate), CreatedDate };
  }

  /** What makes the AWS SDK ask it and nobody else. */
  get environment(): Readonly<Record<string, string>> {
    const { port } = this.server?.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
    };
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

import { createServer, type IncomingMessage, type Server } from "node:http";

/** What the fake answers; read anew at each request, so that a test can change it while a node runs. */
export interface FakeState {
  /** Text of every secret; or the error that Secrets Manager answers. */
  readonly secret: string | { readonly error: string; readonly message?: string };
  /** Text of the secret with "certificate" in its name, and when it was written, in seconds. */
  readonly certificate?: { readonly text: string; readonly created: number };
  /** What instance metadata says that the scaling group wants of this node. */
  readonly targetLifecycleState?: string;
  /** Error that Auto Scaling answers. */
  readonly scalingError?: string;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const instanceMetadata: Readonly<Record<string, string>> = {
  "instance-id": "i-0123456789abcdef0",
  "placement/region": "eu-west-1",
};

/**
 * Instance metadata (version 2), Secrets Manager and Auto Scaling, as far as a node asks them.
 *
 * @param record - Told of each request to Auto Scaling, in the form `Action Name=Value …`.
 */
export function fakeAws(state: () => FakeState, record: (line: string) => void): Server {
  return createServer((request, response) => {
    void readBody(request).then((body) => {
      const { status, type, body: text } = answer(request, body, state(), record);
      response.writeHead(status, { "content-type": type }).end(text);
    });
  });
}

function answer(request: IncomingMessage, body: string, state: FakeState, record: (line: string) => void): Answer {
  const path = request.url ?? "/";
  if (path.startsWith("/latest/")) return metadata(request, path.slice("/latest/".length), state);
  if (typeof request.headers["x-amz-target"] === "string") return secret(body, state);
  return scaling(body, state, record);
}

function metadata(request: IncomingMessage, path: string, { targetLifecycleState }: FakeState): Answer {
  const text = (status: number, value = ""): Answer => ({ status, type: "text/plain", body: value });
  if (path === "api/token") return request.method === "PUT" ? text(200, "token") : text(405);
  if (request.headers["x-aws-ec2-metadata-token"] !== "token") return text(401);
  const name = path.replace("meta-data/", "");
  const value = name === "autoscaling/target-lifecycle-state" ? targetLifecycleState : instanceMetadata[name];
  return value === undefined ? text(404) : text(200, value);
}

function secret(body: string, { secret: value, certificate }: FakeState): Answer {
  const json = (status: number, content: object): Answer => ({
    status,
    type: "application/x-amz-json-1.1",
    body: JSON.stringify(content),
  });
  const asked = JSON.parse(body) as { readonly SecretId: string };
  if (certificate !== undefined && asked.SecretId.includes("certificate")) {
    return json(200, { SecretString: certificate.text, CreatedDate: certificate.created });
  }
  if (typeof value !== "string")
    return json(400, { __type: value.error, message: value.message ?? "refused by the test" });
  return json(200, { ARN: "arn", Name: "name", SecretString: value, VersionId: "1" });
}

function scaling(body: string, { scalingError }: FakeState, record: (line: string) => void): Answer {
  const fields = [...new URLSearchParams(body)];
  const action = fields.find(([name]) => name === "Action")?.[1] ?? "";
  const parameters = fields.filter(([name]) => name !== "Action" && name !== "Version");
  record([action, ...parameters.map(([name, value]) => `${name}=${value}`)].join(" "));
  const id = "<RequestId>1</RequestId>";
  const inner =
    scalingError === undefined
      ? `<${action}Result/><ResponseMetadata>${id}</ResponseMetadata>`
      : `<Error><Type>Sender</Type><Code>${scalingError}</Code><Message>refused by the test</Message></Error>${id}`;
  const name = scalingError === undefined ? `${action}Response` : "ErrorResponse";
  return { status: scalingError === undefined ? 200 : 400, type: "text/xml", body: `<${name}>${inner}</${name}>` };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

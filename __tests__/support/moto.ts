import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { DeleteBucketPolicyCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { freePort } from "./free-port";
import { neutralEnvironment } from "./tools";

/** Our account: the one that the production environment allows. */
export const ownAccount = "111122223333";

/** Keys of somebody else: moto gives whom it does not know an account of their own, 123456789012. */
export const stranger = { AWS_ACCESS_KEY_ID: "stranger", AWS_SECRET_ACCESS_KEY: "-", AWS_SESSION_TOKEN: "" };

/** Credentials as the environment variables of a command. */
export type Keys = Readonly<Record<keyof typeof stranger, string>>;

/** moto_server on a free port: an S3 that holds the state bucket, locks included. */
export class Moto {
  readonly s3: S3Client;

  private constructor(
    private readonly server: ChildProcess,
    readonly url: string,
    readonly keys: Keys,
  ) {
    this.s3 = this.s3As(keys);
  }

  /** @throws with what the server printed, when it does not answer. */
  static async start(): Promise<Moto> {
    const port = await freePort();
    const env = { ...neutralEnvironment(), MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS: "false" };
    const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { env });
    let log = "";
    server.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    const url = `http://127.0.0.1:${port}`;
    for (let attempt = 0; attempt < 120 && server.exitCode === null; attempt++) {
      if (await answers(url)) return new Moto(server, url, await signIn(url));
      await sleep(250);
    }
    server.kill();
    throw new Error(`moto_server does not answer:\n${log}`);
  }

  async stop(): Promise<void> {
    this.s3.destroy();
    if (this.server.exitCode !== null) return;
    const end = once(this.server, "exit");
    this.server.kill();
    await end;
  }

  s3As(keys: Keys, region = "eu-west-1"): S3Client {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = keys;
    const credentials = { accessKeyId, secretAccessKey, sessionToken: AWS_SESSION_TOKEN };
    return new S3Client({ region, endpoint: this.url, credentials });
  }

  /** The tests speak plain HTTP, which a state bucket refuses. */
  async allowPlainHttp(bucket: string): Promise<void> {
    await this.s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
  }

  /** Keys of all objects of a bucket. */
  async objectKeys(bucket: string): Promise<string[]> {
    const { Contents } = await this.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return (Contents ?? []).map(({ Key }) => Key ?? "");
  }

  /** All states in a bucket, by their keys. */
  async states(bucket: string): Promise<Record<string, unknown>> {
    const entries = (await this.objectKeys(bucket)).map(async (key) => {
      const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return [key, JSON.parse((await Body?.transformToString()) ?? "null")] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }
}

/** The only way to be in an account of one's choice with moto. */
async function signIn(url: string): Promise<Keys> {
  const sts = new STSClient({
    region: "eu-west-1",
    endpoint: url,
    credentials: { accessKeyId: "-", secretAccessKey: "-" },
  });
  const RoleArn = `arn:aws:iam::${ownAccount}:role/deployer`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "tests" }));
  return {
    AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? "",
    AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? "",
    AWS_SESSION_TOKEN: Credentials?.SessionToken ?? "",
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/moto-api/`)).ok;
  } catch {
    return false;
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../support/free-port";
import { neutralEnvironment } from "./tools";

/** A base image as moto wants it: with fewer fields it fails. */
const baseImage = {
  ami_id: "ami-0123456789abcdef0",
  name: "debian-13-amd64-20260101-0001",
  owner_id: "136693071363",
  architecture: "x86_64",
  root_device_name: "/dev/xvda",
  root_device_type: "ebs",
  description: "Debian 13",
  image_location: "amazon/debian-13-amd64-20260101-0001",
  image_type: "machine",
  public: true,
  virtualization_type: "hvm",
  hypervisor: "xen",
  state: "available",
  platform: null,
  sriov: "simple",
  creation_date: "2026-01-01T00:00:00.000Z",
};

/** moto_server with one Debian image to start from. */
export class MockEc2 {
  private constructor(
    private readonly server: ChildProcess,
    readonly url: string,
  ) {}

  /** @throws with what the server printed, when it does not answer. */
  static async start(folder: string): Promise<MockEc2> {
    const amis = join(folder, "amis.json");
    writeFileSync(amis, JSON.stringify([baseImage]));
    const port = await freePort();
    const env = { ...neutralEnvironment(), MOTO_AMIS_PATH: amis, MOTO_RECORDER_FILEPATH: join(folder, "requests") };
    const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { env });
    let log = "";
    server.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    const mock = new MockEc2(server, `http://127.0.0.1:${port}`);
    for (let attempt = 0; attempt < 240 && server.exitCode === null; attempt++) {
      if (await mock.answers()) return mock;
      await sleep(250);
    }
    server.kill();
    throw new Error(`moto_server does not answer:\n${log}`);
  }

  /** What leads every AWS client to it, and to nothing else. */
  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_POLL_DELAY_SECONDS: "1",
    };
  }

  async startRecording(): Promise<void> {
    await fetch(`${this.url}/moto-api/recorder/start-recording`, { method: "POST" });
  }

  /** The body of every request for one action since the recording began, decoded. */
  async recorded(action: string): Promise<URLSearchParams[]> {
    const text = await (await fetch(`${this.url}/moto-api/recorder/download-recording`)).text();
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { body: string; body_encoded: boolean })
      .map(({ body, body_encoded: encoded }) => (encoded ? Buffer.from(body, "base64").toString() : body))
      .map((body) => new URLSearchParams(body))
      .filter((body) => body.get("Action") === action);
  }

  async stop(): Promise<void> {
    if (this.server.exitCode !== null) return;
    const end = once(this.server, "exit");
    this.server.kill();
    await end;
  }

  private async answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/moto-api/`)).ok;
    } catch {
      return false;
    }
  }
}

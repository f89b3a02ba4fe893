import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Host } from "../../../../agent/host";
import { documentWith } from "../../../support/boot-document";
import { nodePaths } from "../../../../pgpool/paths";

/** A node in a folder, with a clock of its own and commands that only write down how they were called. */
export class TestNode {
  readonly folder = mkdtempSync(join(tmpdir(), "agent-"));
  readonly lines: string[] = [];
  /** Seconds that have passed. */
  clock = 0;
  /** Called at each pause, so that a test can change the world while the agent waits. */
  whileWaiting: (seconds: number) => void = () => undefined;
  readonly host: Host;

  constructor() {
    this.host = {
      paths: nodePaths(this.folder),
      environment: { ...process.env, PATH: `${join(this.folder, "bin")}${delimiter}${process.env.PATH ?? ""}` },
      metadataEndpoint: "http://127.0.0.1:9",
      log: (line) => this.lines.push(line),
      sleep: async (milliseconds) => {
        this.clock += milliseconds / 1000;
        await Promise.resolve();
        this.whileWaiting(this.clock);
      },
      now: () => this.clock * 1000,
    };
    const { uid, gid } = this.owner;
    this.write(this.host.paths.users, ["pgpool", "pgdoctor"].map((name) => `${name}:x:${uid}:${gid}::/:/\n`).join(""));
    this.write(this.host.paths.databaseCertificates, "certificates");
    mkdirSync(this.host.paths.run, { recursive: true });
    this.write(this.host.paths.bootDocument, JSON.stringify(documentWith()));
  }

  /** Lets commands and AWS clients reach a fake on this port, and nothing else. */
  useAws(port: number): void {
    const endpoint = `http://127.0.0.1:${port}`;
    Object.assign(this.host, { metadataEndpoint: endpoint });
    process.env.AWS_ENDPOINT_URL = endpoint;
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
    process.env.AWS_ACCESS_KEY_ID = "test";
    process.env.AWS_SECRET_ACCESS_KEY = "test";
  }

  /** Whoever runs the tests: nobody else's files can be written without being root. */
  get owner() {
    return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /** Puts a command first on the path: a shell script that has `$calls` to write to. */
  command(name: string, script: string): void {
    const path = join(this.folder, "bin", name);
    this.write(path, `#!/bin/sh\ncalls=${this.folder}/calls\n${script}\n`);
    chmodSync(path, 0o755);
  }

  /** Puts a command first on the path that succeeds and is written down. */
  silent(name: string): void {
    this.command(name, `echo "${name} $*" >> "$calls"`);
  }

  /** How the commands were called. */
  get calls(): string[] {
    try {
      return readFileSync(join(this.folder, "calls"), "utf8").trim().split("\n");
    } catch {
      return [];
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

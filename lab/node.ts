import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  unwatchFile,
  watchFile,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { BootDocument } from "../config/boot-document";
import type { GuardMetrics } from "../agent/guard/metrics";
import { ports } from "../config/ports";
import { nodePaths, type NodePaths } from "../pgpool/paths";
import { pcpPort } from "../pgpool/pcp";
import type { Cluster } from "./cluster";
import { readerEndpoint, writerEndpoint } from "./endpoints";
import { eventually } from "./eventually";
import { searchPath, idsOf, labFolder, must, type ServiceUser, standIns } from "./machine";
import type { SecretService } from "./secret-service";
import { Service } from "./service";

export const labDocument = (changes: Partial<BootDocument>): BootDocument => ({
  version: 1,
  environment: "lab",
  region: "eu-west-1",
  writerEndpoint,
  readerEndpoint,
  healthDatabase: "postgres",
  secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:health-AbCdEf",
  certificate: { kind: "self-signed" },
  logGroup: "/pgpool-aurora/lab/nodes",
  metricsNamespace: "pgpool-aurora/lab",
  autoScalingGroup: "lab-pgpool",
  terminationHook: "drain",
  drainTimeoutSeconds: 10,
  settings: {
    num_init_children: 16,
    session_consistency: "strong",
    readers: "endpoint",
    tunables: {},
    client_idle_limit: 3590,
  },
  ...changes,
});

/** A node: the agent as the image has it, and Pgpool-II with the files that the agent's boot writes. */
export class PoolerNode {
  readonly folder = mkdtempSync(join(labFolder, "node-"));
  readonly paths: NodePaths = nodePaths(this.folder);
  readonly pgpool: Service;
  readonly guard: Service;
  private readonly bundle = join(this.folder, "agent.cjs");

  constructor(
    cluster: Cluster,
    private readonly secret: SecretService,
    document: Partial<BootDocument> = {},
  ) {
    chmodSync(this.folder, 0o755);
    this.write(this.paths.users, passwd());
    this.write(this.paths.bootDocument, JSON.stringify(labDocument(document)));
    this.write(this.paths.databaseCertificates, cluster.authority.certificate);
    this.runtimeFolder(this.paths.sockets, "pgpool");
    this.runtimeFolder(dirname(this.paths.guardMetrics), "pgpool-agent");
    this.logFile();
    execFileSync(process.execPath, [resolve("scripts/bundle-agent.mjs"), this.bundle]);
    const { pgpoolConf, pcpConf, poolHba } = this.paths;
    this.pgpool = new Service({
      user: "pgpool",
      command: ["pgpool", "-n", "-D", "-f", pgpoolConf, "-F", pcpConf, "-a", poolHba],
      environment: { PGPOOLKEYFILE: this.paths.poolKey },
      restartSeconds: 2,
      log: this.paths.log,
      prepare: () => {
        rmSync(this.paths.sockets, { recursive: true, force: true });
        this.runtimeFolder(this.paths.sockets, "pgpool");
        execFileSync(process.execPath, [this.bundle, "readers", "--fresh"], { env: this.agentEnvironment });
      },
    });
    this.guard = new Service({
      user: "pgpool-agent",
      command: [process.execPath, this.bundle, "guard"],
      environment: { PGPOOL_AGENT_ROOT: this.folder },
      restartSeconds: 1,
    });
  }

  /** What the guard has written last. */
  get metrics(): GuardMetrics {
    return JSON.parse(readFileSync(this.paths.guardMetrics, "utf8")) as GuardMetrics;
  }

  /** Starts the guard as its unit does, and waits for its first round. */
  async startGuard(): Promise<void> {
    this.guard.start();
    await eventually("the guard has looked at everything", () => this.metrics.writer !== null);
  }

  /** Runs a command of the agent, as its unit does. */
  async agent(...parameters: string[]): Promise<string> {
    return await must(process.execPath, [this.bundle, ...parameters], { environment: this.agentEnvironment });
  }

  private get agentEnvironment() {
    return { ...this.secret.environment, PGPOOL_AGENT_ROOT: this.folder, PATH: this.path };
  }

  /** Boots as a node does, and waits until clients are served. */
  async start(): Promise<void> {
    this.systemctl();
    // As pgpool-readers.path does.
    watchFile(this.paths.wantedReaders, { interval: 200 }, ({ mtimeMs }) => {
      if (mtimeMs > 0) void this.agent("readers").catch((error: unknown) => (this.guard.output += String(error)));
    });
    await this.agent("boot", "--give-up-after", "20");
    this.pgpool.start();
    await eventually("Pgpool-II listens", () => existsSync(join(this.paths.sockets, `.s.PGSQL.${ports.pgpool}`)));
    await eventually("PCP listens", () => existsSync(join(this.paths.sockets, `.s.PGSQL.${pcpPort}`)));
  }

  async stop(): Promise<void> {
    unwatchFile(this.paths.wantedReaders);
    await this.guard.stop("SIGTERM");
    await this.pgpool.stop("SIGINT");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The certificate that this node shows to clients. */
  get certificate(): string {
    return readFileSync(this.paths.serverCertificate, "utf8");
  }

  write(path: string, content: string, mode = 0o644): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode });
  }

  /** A folder that systemd's RuntimeDirectory makes. */
  private runtimeFolder(path: string, user: ServiceUser): void {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o750);
    const { uid, gid } = idsOf(user);
    chownSync(path, uid, gid);
  }

  /** As tmpfiles.d makes it. */
  private logFile(): void {
    const { log } = this.paths;
    const { gid } = idsOf("pgpool-agent");
    this.write(log, "");
    chownSync(log, 0, gid);
    chmodSync(log, 0o640);
    chownSync(dirname(log), 0, gid);
    chmodSync(dirname(log), 0o750);
  }

  private get path(): string {
    return `${join(this.folder, "bin")}:${searchPath()}`;
  }

  /** Stands for systemd where the agent asks it to reload or restart Pgpool-II; a restart ends its sessions at once. */
  private systemctl(): void {
    const pid = join(this.paths.sockets, "pgpool.pid");
    const script = [
      "#!/bin/sh",
      'case "$*" in',
      `*reload*pgpool.service*) kill -HUP "$(tr -d '\\0' <${pid})" ;;`,
      `*restart*pgpool.service*) kill -INT "$(tr -d '\\0' <${pid})" ;;`,
      "esac",
    ];
    this.write(join(this.folder, "bin/systemctl"), `${script.join("\n")}\n`, 0o755);
  }
}

const passwd = (): string =>
  (Object.keys(standIns) as ServiceUser[])
    .map((name) => {
      const { uid, gid } = idsOf(name);
      return `${name}:x:${uid}:${gid}::/:/bin/false\n`;
    })
    .join("");

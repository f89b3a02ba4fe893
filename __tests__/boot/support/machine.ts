import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { bundleAgent } from "./bundle";
import { eventually, type Outcome, type Place, type RunOptions, setpriv } from "./network";

/** A machine with systemd as its first process and the image's file tree; needs root, and ends with the test. */
export class Machine implements Place {
  private readonly folder = mkdtempSync(join(tmpdir(), "machine-"));
  /** Its root, as it is seen from outside. */
  readonly root = join(this.folder, "root");
  private readonly process: ChildProcess;
  private first = 0;

  constructor() {
    this.process = spawn(join(__dirname, "machine.sh"), [this.folder], { stdio: ["pipe", "pipe", "ignore"] });
  }

  /** Lays the image's files over the root; `prepare` adds the test's own. */
  async lay(prepare: () => void): Promise<void> {
    await new Promise((resolve) => this.process.stdout?.once("data", resolve));
    cpSync("packer/rootfs", this.root, { recursive: true });
    const agent = bundleAgent();
    mkdirSync(join(this.root, "usr/local/lib/pgpool-aurora"), { recursive: true });
    cpSync(agent.path, join(this.root, "usr/local/lib/pgpool-aurora/agent.cjs"));
    agent.remove();
    symlinkSync(process.execPath, join(this.root, "usr/local/lib/pgpool-aurora/node"));
    symlinkSync("/usr/sbin/pgpool", join(this.root, "usr/local/bin/pgpool"));
    this.write("/usr/local/bin/pgdoctor", readFileSync(join(__dirname, "pgdoctor-stand-in.py"), "utf8"));
    chmodSync(join(this.root, "usr/local/bin/pgdoctor"), 0o755);
    this.write("/etc/machine-id", "");
    execFileSync("systemd-sysusers", [`--root=${this.root}`], { stdio: "ignore" });
    prepare();
  }

  /** Starts systemd, and waits until it answers. */
  async boot(): Promise<void> {
    this.process.stdin?.write("go\n");
    await eventually("systemd starts", () => {
      this.first = firstProcess(this.process.pid);
      return this.first > 0 && this.run("systemctl", ["is-active", "basic.target"]).stdout === "active\n";
    });
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  /** Runs a command on the machine. */
  run(command: string, parameters: readonly string[], options: RunOptions = {}): Outcome {
    const namespaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup"];
    const asUser = options.user === undefined ? [] : setpriv(options.user);
    const inside = ["-t", String(this.first), ...namespaces, ...asUser, command, ...parameters];
    const { status, stdout, stderr } = spawnSync("nsenter", inside, {
      encoding: "utf8",
      input: options.input ?? "",
      env: {
        PATH: "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
        LC_ALL: "C.UTF-8",
        ...options.environment,
      },
      timeout: 90_000,
    });
    return { status, stdout, stderr };
  }

  /** Starts a server, as a service beside ours. */
  start(command: string, parameters: readonly string[], { user = "root" }: RunOptions = {}): void {
    const done = this.run("systemd-run", ["--quiet", `--uid=${user}`, "--", command, ...parameters]);
    if (done.status !== 0) throw new Error(done.stderr);
  }

  /** Whether a unit is active, failed, …. */
  state(unit: string): string {
    return this.run("systemctl", ["show", "--value", "-p", "ActiveState", unit]).stdout.trim();
  }

  /** What the journal says of a unit. */
  journal(unit: string): string {
    return this.run("journalctl", ["--no-pager", "--output=cat", `--unit=${unit}`]).stdout;
  }

  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.process.once("exit", resolve));
    if (this.first > 0) process.kill(this.first, "SIGKILL");
    else this.process.kill("SIGKILL");
    await gone;
    for (const path of [this.root, this.folder]) spawnSync("umount", ["--lazy", path]);
    rmSync(this.folder, { recursive: true, force: true });
    const groups = ["systemd", "unified", "."].map((hierarchy) =>
      join("/sys/fs/cgroup", hierarchy, basename(this.folder)),
    );
    spawnSync("find", [...groups, "-depth", "-type", "d", "-exec", "rmdir", "{}", ";"]);
  }
}

/** The process that is number 1 to itself, below the one that made its namespaces. */
function firstProcess(parent: number | undefined): number {
  const { stdout } = spawnSync("pgrep", ["-P", String(parent), "-x", "systemd"], { encoding: "utf8" });
  return Number(stdout.trim());
}

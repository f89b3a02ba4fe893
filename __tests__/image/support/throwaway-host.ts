import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../support/free-port";

/** What a command in the host did. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Debian machine that packer can log in to and that is gone afterwards: see throwaway-host.sh. */
export class ThrowawayHost {
  private constructor(
    private readonly server: ChildProcess,
    readonly work: string,
    readonly port: number,
  ) {}

  /** @param prepare - Fills the folder that the host sees as /srv. */
  static async start(root: string, login: string, prepare: (srv: string) => void): Promise<ThrowawayHost> {
    const work = mkdtempSync(join(tmpdir(), "pgpool-aurora-host-"));
    chmodSync(work, 0o755);
    mkdirSync(join(work, "srv"));
    prepare(join(work, "srv"));
    for (const key of ["key", "host_key"]) {
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(work, key)]);
    }
    const port = await freePort();
    const script = join(__dirname, "throwaway-host.sh");
    const server = spawn(script, [root, work, String(port), login], { stdio: ["ignore", "ignore", "pipe"] });
    let log = "";
    for await (const chunk of server.stderr) {
      log += String(chunk);
      if (log.includes("Server listening on")) break;
    }
    if (!log.includes("Server listening on")) throw new Error(`the throw-away host did not start:\n${log}`);
    return new ThrowawayHost(server, work, port);
  }

  /** The private key that it lets in. */
  get key(): string {
    return join(this.work, "key");
  }

  /** Runs a command in it as root. */
  run(...command: readonly string[]): Outcome {
    return spawnSync("nsenter", this.inside(command), { encoding: "utf8", maxBuffer: 2 ** 26 });
  }

  /** The arguments with which nsenter runs a command in it. */
  inside(command: readonly string[]): string[] {
    const pid = String(this.server.pid ?? "");
    const child = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    const enter = [`--target=${child}`, "--mount", "--pid", "chroot", join(this.work, "root")];
    return [...enter, ...command];
  }

  async stop(): Promise<void> {
    const end = once(this.server, "exit");
    // Nothing else ends the first process of a process namespace.
    if (this.server.exitCode === null && this.server.kill("SIGKILL")) await end;
    rmSync(this.work, { recursive: true, force: true });
  }
}

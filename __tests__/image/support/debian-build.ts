import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { images } from "../../../config/image/images";
import { parseImage } from "../../../config/image/load-image";
import { provisioningSteps, type Step } from "../../../packer/steps";
import { debianRoot } from "./debian-root";
import { MockEc2 } from "./mock-ec2";
import { packerBuild, writeOfflineTemplate, type PackerRun } from "./offline-build";
import { ThrowawayHost, type Outcome } from "./throwaway-host";
import { requireBuildTools } from "./tools";

/** Where pgdoctor's source is taken from: PGDOCTOR_GIT_URL, or the configured repository. */
export const pgdoctorUrl =
  process.env.PGDOCTOR_GIT_URL ?? parseImage("debian-13-x86_64", images["debian-13-x86_64"]).pgdoctor.url;

/** Whether it can be had; without it the step is left out, and its name is told. */
export const hasPgdoctor =
  spawnSync("git", ["ls-remote", pgdoctorUrl], { timeout: 30_000, stdio: "ignore" }).status === 0;

const isLocal = pgdoctorUrl.startsWith("file://");
const skipped = hasPgdoctor ? [] : ["build-pgdoctor"];

/** The image that is built. */
export const image = parseImage("debian-13-test", {
  ...images["debian-13-x86_64"],
  os: { kind: "debian-13", access: { kind: "ssh", from: { kind: "cidrs", cidrs: ["192.0.2.0/24"] } } },
  pgdoctor: { url: isLocal ? "file:///srv/pgdoctor.git" : pgdoctorUrl },
  databaseCertificates: { url: "file:///srv/database-ca.pem" },
  tags: { Team: "database ${x}" },
});

/** The scripts that run in it. */
export const steps: readonly Step[] = provisioningSteps(image, "0".repeat(64)).filter(
  ({ name }) => !skipped.includes(name),
);

/** A certificate authority in the place of the database's, and the mirror of pgdoctor where it is a local one. */
function prepare(srv: string): void {
  const subject = ["-subj", "/CN=database", "-days", "2", "-keyout", "/dev/null", "-out", join(srv, "database-ca.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...subject], { stdio: "ignore" });
  if (isLocal) cpSync(new URL(pgdoctorUrl), join(srv, "pgdoctor.git"), { recursive: true });
}

/** A whole build that has succeeded, and the machine that it left. */
export class DebianBuild {
  private constructor(
    readonly folder: string,
    readonly mock: MockEc2,
    readonly host: ThrowawayHost,
    readonly result: PackerRun,
  ) {}

  /** @throws with packer's log when the build fails. */
  static async run(): Promise<DebianBuild> {
    requireBuildTools();
    const folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-build-"));
    const template = join(folder, "template");
    const mock = await MockEc2.start(folder);
    const host = await ThrowawayHost.start(debianRoot(), "admin", prepare).catch(async (error: unknown) => {
      await mock.stop();
      throw error;
    });
    await mock.startRecording();
    const result = await packerBuild(writeOfflineTemplate(image, template, host, skipped), mock.environment);
    const build = new DebianBuild(folder, mock, host, result);
    if (result.status === 0) {
      cpSync(join(template, "files"), join(host.work, "srv", "files"), { recursive: true });
      return build;
    }
    await build.remove();
    throw new Error(result.log);
  }

  /** What a shell script prints on that machine. */
  printed(script: string): string {
    return this.host.run("bash", "-c", script).stdout.trim();
  }

  /** Runs a step once more. */
  again({ name, inputs }: Step): Outcome {
    const all = steps.map((step) => step.name).join(" ");
    const common = { IMAGE_FILES: "/srv/files", OS: image.os.kind, STEP: name, STEPS: all };
    const variables = Object.entries({ ...common, ...inputs }).map(([key, value]) => `${key}=${value}`);
    return this.host.run("env", ...variables, "bash", `/srv/files/provisioners/${name}.sh`);
  }

  async remove(): Promise<void> {
    await this.host.stop();
    await this.mock.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

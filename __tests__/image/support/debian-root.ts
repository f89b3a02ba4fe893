import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What Debian's cloud image has and the smallest debootstrap lacks, as far as provisioning meets it. */
const packages = ["openssh-server", "sudo", "systemd", "systemd-sysv", "ca-certificates", "iproute2", "adduser"];

/**
 * A Debian 13 to build in, made once and kept for later runs.
 *
 * @returns the folder: PGPOOL_DEBIAN_ROOT, or one for temporary files.
 */
export function debianRoot(): string {
  const folder = process.env.PGPOOL_DEBIAN_ROOT ?? join(tmpdir(), "pgpool-aurora-debian-13");
  if (existsSync(folder)) return folder;
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  const { PGPOOL_DEBIAN_MIRROR: mirror } = process.env;
  const own = mirror === undefined ? [] : [mirror];
  execFileSync("debootstrap", ["--variant=minbase", `--include=${packages.join(",")}`, "trixie", part, ...own], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  renameSync(part, folder);
  return folder;
}

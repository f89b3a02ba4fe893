import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** The project's root. */
export const projectRoot = resolve(__dirname, "../../..");

const installer = (): string =>
  resolve(projectRoot, process.env.PGPOOL_PACKER_INSTALL ?? "../shared/tools/packer/install.sh");

const isOnPath = (command: string, path = process.env.PATH): boolean =>
  (path ?? "").split(delimiter).some((folder) => existsSync(join(folder, command)));

/**
 * The environment in which `packer` runs: the PATH's own, or one that an installer beside the project unpacks.
 *
 * @throws with what is missing and how to get it.
 */
export function packerEnvironment(): NodeJS.ProcessEnv {
  const own = { ...neutralEnvironment(), CHECKPOINT_DISABLE: "1" };
  if (isOnPath("packer")) return own;
  if (!existsSync(installer())) {
    throw new Error(
      "npm run test:image needs packer 1.11 or newer on the PATH, or PGPOOL_PACKER_INSTALL, a script that prints " +
        `export lines which make it usable (looked for: ${installer()})`,
    );
  }
  const printed = execFileSync("bash", ["-c", 'eval "$("$1")" && env -0', "_", installer()], {
    encoding: "utf8",
    env: own,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return Object.fromEntries(
    printed
      .split("\0")
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

const hostTools: Readonly<Record<string, string>> = {
  debootstrap: "debootstrap, which makes a Debian to build in",
  moto_server: 'moto_server, which stands in for EC2: pip install "moto[server]"',
  "ssh-keygen": "ssh-keygen (openssh-client)",
  openssl: "openssl",
  curl: "curl",
  psql: "psql, and a PostgreSQL server beside it (Debian: postgresql)",
  git: "git",
  unshare: "unshare and nsenter (util-linux)",
};

/**
 * Makes sure that a whole build can run on this machine.
 *
 * @throws with all that is missing: a suite that skips in silence proves nothing.
 */
export function requireBuildTools(): void {
  const missing = Object.entries(hostTools).flatMap(([tool, what]) =>
    isOnPath(tool, `${process.env.PATH ?? ""}:/usr/sbin:/sbin`) ? [] : [what],
  );
  const all = process.getuid?.() === 0 ? missing : [...missing, "root: it mounts and enters a Debian root"];
  if (all.length > 0) throw new Error(`npm run test:image needs\n${all.map((line) => `  - ${line}`).join("\n")}`);
}

/** Our own environment without whatever could lead a test to a real account. */
export function neutralEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|PKR|MOTO)_/.test(name)));
}

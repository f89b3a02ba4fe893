import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** A tool answers with what is wrong with it and how to get it, or with nothing. */
type Tool = () => string | undefined;

const terraform: Tool = () => {
  if (!isOnPath("terraform")) return "terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install";
  const version = terraformVersion();
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 1 || minor >= 11 ? undefined : `terraform 1.11 or newer (use_lockfile); ${version} is on the PATH`;
};

const moto: Tool = () =>
  isOnPath("moto_server") ? undefined : 'moto_server, which stands in for S3: pip install "moto[server]"';

const cdktf: Tool = () =>
  existsSync(join(root, "node_modules/.bin/cdktf")) ? undefined : "the packages of this project: npm ci";

const double: Tool = () =>
  hasProviderDouble()
    ? undefined
    : "a provider double, which stands in for the aws and random providers so that no account is touched: " +
      `set PGPOOL_TERRAFORM_DOUBLE to its install.sh (looked for: ${providerDouble()}). ` +
      "Without one, npm run test:validate checks every stack with the real providers";

const servers = "/usr/lib/postgresql";

/** Folder of PostgreSQL's own programs, which Debian keeps off the PATH: the newest version's. */
export function postgresqlBinaries(): string {
  const versions = existsSync(servers) ? readdirSync(servers).map(Number) : [];
  return join(servers, String(Math.max(0, ...versions)), "bin");
}

const postgresql: Tool = () =>
  existsSync(join(postgresqlBinaries(), "initdb")) ? undefined : "a PostgreSQL server (Debian: postgresql)";

const onPath =
  (command: string, what: string): Tool =>
  () =>
    isOnPath(command) ? undefined : what;

const asRoot: Tool = () => (process.getuid?.() === 0 ? undefined : "root, for a machine of its own");

const node = [
  asRoot,
  postgresql,
  onPath("pgpool", "Pgpool-II (Debian: pgpool2)"),
  onPath("openssl", "openssl"),
  onPath("curl", "curl"),
  onPath("shellcheck", "shellcheck"),
  onPath("unshare", "unshare and nsenter (Debian: util-linux)"),
  onPath("ip", "ip (Debian: iproute2)"),
  onPath("systemd-analyze", "systemd (Debian: systemd)"),
];

/** What each suite uses. */
const suites = {
  "test:validate": [terraform],
  "test:deploy": [terraform, moto, cdktf, double],
  "test:plan": [terraform, moto, cdktf, double],
  "test:boot": node,
};

/**
 * Makes sure that every tool of a suite is there.
 *
 * @throws with all that is missing and how to get it: a suite that skips in silence proves nothing.
 */
export function requireTools(suite: keyof typeof suites): void {
  const missing = suites[suite].flatMap((problem) => problem() ?? []);
  if (missing.length > 0) throw new Error(`npm run ${suite} needs\n${missing.map((line) => `  - ${line}`).join("\n")}`);
}

/** Whether Terraform's providers can be stood in for; otherwise they come from where `terraform init` gets them. */
export const hasProviderDouble = (): boolean => existsSync(providerDouble());

/** Unpacks the provider double there. @returns the environment variables that make Terraform use it. */
export function installProviderDouble(directory: string): Record<string, string> {
  const exports = execFileSync(providerDouble(), [directory], { encoding: "utf8" });
  return Object.fromEntries(
    [...exports.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** A PATH with Terraform and what every machine has, without tools that a test is not about. */
export function bareTerraformPath(directory: string): string {
  const folder = (process.env.PATH ?? "").split(delimiter).find((one) => existsSync(join(one, "terraform"))) ?? "";
  mkdirSync(directory);
  symlinkSync(join(folder, "terraform"), join(directory, "terraform"));
  return [directory, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
}

/** Our own environment without whatever could lead a test to a real account, or to other providers. */
export function neutralEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(AWS|TF|PGPOOL|MOTO|CDKTF)_|_PROXY$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function providerDouble(): string {
  return resolve(root, process.env.PGPOOL_TERRAFORM_DOUBLE ?? "../shared/tools/terraform-double/install.sh");
}

function isOnPath(command: string): boolean {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders.some((folder) => existsSync(join(folder, command)));
}

function terraformVersion(): string {
  const env = { ...neutralEnvironment(), CHECKPOINT_DISABLE: "1" };
  const answer = execFileSync("terraform", ["version", "-json"], { encoding: "utf8", env });
  return (JSON.parse(answer) as { readonly terraform_version: string }).terraform_version;
}

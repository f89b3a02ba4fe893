import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** What the deploy suite uses; each answers with what is wrong with it, or with nothing. */
const tools: readonly (() => string | undefined)[] = [
  () => {
    if (!isOnPath("terraform")) return "terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install";
    const version = terraformVersion();
    const [major = 0, minor = 0] = version.split(".").map(Number);
    return major > 1 || minor >= 11 ? undefined : `terraform 1.11 or newer (use_lockfile); ${version} is on the PATH`;
  },
  () => (isOnPath("moto_server") ? undefined : 'moto_server, which stands in for S3: pip install "moto[server]"'),
  () => (existsSync(join(root, "node_modules/.bin/cdktf")) ? undefined : "the packages of this project: npm ci"),
  () =>
    existsSync(providerDouble())
      ? undefined
      : "a provider double, which stands in for the aws and random providers so that no account is touched: " +
        `set PGPOOL_TERRAFORM_DOUBLE to its install.sh (looked for: ${providerDouble()})`,
];

/**
 * Makes sure that every tool of the deploy suite is there.
 *
 * @throws with all that is missing and how to get it: a suite that skips in silence proves nothing.
 */
export function requireTools(): void {
  const missing = tools.flatMap((problem) => problem() ?? []);
  if (missing.length > 0)
    throw new Error(`npm run test:deploy needs\n${missing.map((line) => `  - ${line}`).join("\n")}`);
}

/** Unpacks the provider double there. @returns the environment variables that make Terraform use it. */
export function installProviderDouble(directory: string): Record<string, string> {
  const exports = execFileSync(providerDouble(), [directory], { encoding: "utf8" });
  return Object.fromEntries(
    [...exports.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
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
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, command)));
}

function terraformVersion(): string {
  const env = { ...neutralEnvironment(), CHECKPOINT_DISABLE: "1" };
  const answer = execFileSync("terraform", ["version", "-json"], { encoding: "utf8", env });
  return (JSON.parse(answer) as { readonly terraform_version: string }).terraform_version;
}

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../../config/environments/index";
import { loadEnvironment } from "../../config/load-environment";
import { stacksOf } from "../support/stacks";
import { hasProviderDouble, installProviderDouble, neutralEnvironment, requireTools } from "../support/tools";

const folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-validate-"));
let env: NodeJS.ProcessEnv;

beforeAll(() => {
  requireTools("test:validate");
  const plugins = join(folder, "plugins");
  mkdirSync(plugins);
  // A person's own way to providers, such as a mirror, is kept; only credentials and the like are left out.
  const { TF_CLI_CONFIG_FILE, HTTPS_PROXY } = process.env;
  const providers = hasProviderDouble()
    ? installProviderDouble(join(folder, "double"))
    : { TF_CLI_CONFIG_FILE, HTTPS_PROXY };
  env = { ...neutralEnvironment(), ...providers, TF_PLUGIN_CACHE_DIR: plugins, CHECKPOINT_DISABLE: "1" };
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Verdict {
  readonly valid: boolean;
  readonly diagnostics: readonly { readonly summary: string; readonly detail: string }[];
}

/** What `terraform validate` says of a stack's JSON. */
function validate(name: string, json: string): Verdict {
  const stack = join(folder, name);
  mkdirSync(stack, { recursive: true });
  writeFileSync(join(stack, "cdk.tf.json"), json);
  execFileSync("terraform", ["init", "-backend=false", "-input=false"], { cwd: stack, env, stdio: "pipe" });
  try {
    return JSON.parse(
      execFileSync("terraform", ["validate", "-json"], { cwd: stack, env, encoding: "utf8" }),
    ) as Verdict;
  } catch (error) {
    return JSON.parse((error as { readonly stdout: string }).stdout) as Verdict;
  }
}

const stacks: [string, string][] = Object.keys(environments).flatMap((name) => {
  const { network, database, pgpool } = stacksOf(loadEnvironment(name));
  return Object.entries({ network, database, pgpool }).flatMap(([stack, synthesized]) =>
    synthesized === undefined ? [] : [[`${name}-${stack}`, synthesized.text] as [string, string]],
  );
});

test.each(stacks)(
  "%s fits the providers' schemas, with no warning",
  (name, json) => {
    expect(validate(name, json)).toMatchObject({ valid: true, diagnostics: [] });
  },
  300_000,
);

test("an argument that a provider does not know is found", () => {
  const [, json = ""] = stacks[0] ?? [];
  const { valid, diagnostics } = validate("faulty", json.replace('"enable_dns_hostnames"', '"enable_dns_hostname"'));
  expect(valid).toBe(false);
  expect(diagnostics.map(({ summary }) => summary)).toEqual(["Extraneous JSON object property"]);
}, 300_000);

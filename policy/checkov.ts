import { spawnSync } from "node:child_process";
import * as z from "zod";

/** One rule applied to one resource. */
export interface Verdict {
  readonly check: string;
  readonly name: string;
  readonly environment: string;
  readonly stack: string;
  readonly resource: string;
}

/** What checkov says of a folder. */
export interface Report {
  readonly passed: readonly Verdict[];
  readonly failed: readonly Verdict[];
}

/** Scanned files are `<environment>/stacks/<stack>/cdk.tf.json`, as cdktf lays out its output. */
const verdict = z
  .object({ check_id: z.string(), check_name: z.string(), file_path: z.string(), resource: z.string() })
  .transform(({ check_id, check_name, file_path, resource }): Verdict => {
    const [, environment = "", , stack = ""] = file_path.split("/");
    return { check: check_id, name: check_name, environment, stack, resource };
  });

// Without this shape checkov has scanned nothing: then it prints a summary of zeros, and exits with 0.
const output = z.object({
  results: z.object({
    passed_checks: z.array(verdict),
    failed_checks: z.array(verdict),
    parsing_errors: z.array(z.string()).max(0),
  }),
});

/** checkov is not there; its message says how to get it. */
export class CheckovMissing extends Error {}

/**
 * Runs checkov over the Terraform JSON in a folder. It asks no network, and leaves nothing behind but in that folder.
 *
 * @throws {@link CheckovMissing} when it is not on the PATH of `env`.
 * @throws when it cannot run, or finds nothing to scan.
 */
export function checkov(folder: string, env: NodeJS.ProcessEnv): Report {
  // With --framework terraform it would scan nothing in *.tf.json, and say that all is well.
  const options = ["--framework", "terraform_json", "--skip-download", "--compact", "--output", "json"];
  const { error, status, stdout, stderr } = spawnSync("checkov", ["--directory", ".", ...options], {
    cwd: folder,
    env,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error !== undefined || status === 127) {
    throw new CheckovMissing(
      'checkov is not on the PATH. Install it with "pipx install checkov" (3.3.30 is what was tried).',
    );
  }
  if (status !== 0 && status !== 1) throw new Error(`checkov failed with status ${String(status)}:\n${stderr}`);
  const parsed = output.safeParse(JSON.parse(stdout));
  if (!parsed.success) throw new Error(`checkov has scanned nothing, or not all: ${z.prettifyError(parsed.error)}`);
  const { passed_checks: passed, failed_checks: failed } = parsed.data.results;
  return { passed, failed };
}

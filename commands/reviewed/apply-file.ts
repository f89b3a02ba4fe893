import { spawnSync } from "node:child_process";
import { Refusal } from "../report-error";

/**
 * Applies a plan file in the folder of a stack. Terraform asks nothing more, shows its progress, locks the state, and
 * refuses a file whose state has moved.
 *
 * @throws {@link Refusal} when it fails.
 */
export function applyFile(folder: string, file: string): void {
  const env = { ...process.env, TF_IN_AUTOMATION: "1", TF_CLI_ARGS: undefined, NO_COLOR: "1" };
  const args = ["apply", "-input=false", "-no-color", file];
  const { error, status } = spawnSync("terraform", args, { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
  if (status === 0) return;
  const why = error?.message ?? `exit code ${status ?? "unknown"}; see above`;
  throw new Refusal(
    `terraform apply failed (${why}). What it has done is in the state: plan again, then apply the rest.`,
  );
}

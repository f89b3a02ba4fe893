import { spawnSync } from "node:child_process";
import { Refusal } from "./report-error";

/**
 * Runs packer, which writes to the terminal as it goes.
 *
 * @throws {@link Refusal} when it is missing or fails.
 */
export function packer(args: readonly string[]): void {
  const { error, status, signal } = spawnSync("packer", args, { stdio: "inherit" });
  if (error !== undefined) {
    const isMissing = "code" in error && error.code === "ENOENT";
    throw new Refusal(
      isMissing
        ? "packer is not on the PATH: install Packer 1.11 or newer, https://developer.hashicorp.com/packer/install"
        : `packer cannot be run: ${error.message}`,
    );
  }
  if (status === 0) return;
  throw new Refusal(`packer ${args[0] ?? ""} failed (${signal ?? `status ${status ?? "unknown"}`}); see above`);
}

/** Checks a written template as far as packer can without an account. */
export function checkTemplate(folder: string): void {
  packer(["fmt", "-check", "-diff", folder]);
  // Downloads the plugin unless it is there.
  packer(["init", folder]);
  packer(["validate", folder]);
}

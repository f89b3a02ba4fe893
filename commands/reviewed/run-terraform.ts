import { spawnSync } from "node:child_process";
import * as z from "zod";
import { Refusal } from "../report-error";
import type { PlannedStack } from "./manifest";

const stateSchema = z.object({ lineage: z.string(), serial: z.int() });

/**
 * Runs Terraform in the folder of a stack; without `capture` it writes to the terminal as it goes.
 *
 * @throws {@link Refusal} when it is missing or fails.
 */
function terraform(folder: string, args: readonly string[], capture = false): string {
  const { error, status, stdout } = spawnSync("terraform", [`-chdir=${folder}`, ...args], {
    stdio: ["ignore", capture ? "pipe" : "inherit", "inherit"],
    encoding: "utf8",
    env: { ...process.env, TF_IN_AUTOMATION: "1", TF_INPUT: "0" },
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error !== undefined) throw new Refusal(`terraform cannot be run: ${error.message}; install Terraform 1.11`);
  if (status !== 0) throw new Refusal(`terraform ${args[0] ?? ""} failed in ${folder}; see above`);
  return stdout;
}

/** Gets providers and backend ready. */
export const initialize = (folder: string): string => terraform(folder, ["init", "-input=false", "-no-color"]);

/** Applies a plan file: Terraform asks nothing more, and refuses one whose state has moved. */
export const applyPlan = (folder: string, plan: string): string => terraform(folder, ["apply", "-no-color", plan]);

/** Which state there is; null for none. */
export function stateOf(folder: string): PlannedStack["state"] {
  const text = terraform(folder, ["state", "pull"], true);
  return text.trim() === "" ? null : stateSchema.parse(JSON.parse(text));
}

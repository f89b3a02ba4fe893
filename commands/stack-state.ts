import * as z from "zod";
import { Refusal } from "./report-error";
import type { Terraform } from "./terraform";

/** What is known of a stack's state, as far as plans depend on it. */
export interface StackState {
  /** Which state it is, and how often it has changed: a plan is for exactly this one. Null if there is none. */
  readonly version: { readonly lineage: string; readonly serial: number } | null;
  /** Whether it has outputs, so that others can be planned from it. */
  readonly applied: boolean;
}

const stateSchema = z.object({
  lineage: z.string(),
  serial: z.number(),
  outputs: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Asks the backend for a stack's state; Terraform must be initialized.
 *
 * @throws Refusal when it cannot be read.
 */
export async function readState(terraform: Terraform, stack: string): Promise<StackState> {
  const { stdout } = await terraform.run(["state", "pull"]);
  if (stdout.trim() === "") return { version: null, applied: false };
  const state = stateSchema.safeParse(JSON.parse(stdout));
  if (!state.success)
    throw new Refusal(`${stack}: the state is in no form that is known: ${z.prettifyError(state.error)}`);
  const { lineage, serial, outputs } = state.data;
  // The S3 backend answers with an empty state where there is none.
  if (lineage === "") return { version: null, applied: false };
  return { version: { lineage, serial }, applied: Object.keys(outputs).length > 0 };
}

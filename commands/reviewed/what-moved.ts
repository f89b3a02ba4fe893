import type { Manifest, PlannedStack } from "./manifest";

/** How things are when a plan is to be applied. */
export interface Present {
  readonly environment: string;
  readonly commit: string | null;
  /** Digests of the synthesized stacks, the plan files, and the states upon which they were made. */
  readonly jsonSha256: (stack: PlannedStack["stack"]) => string | undefined;
  readonly planSha256: (file: string) => string | undefined;
  readonly state: (stack: PlannedStack["stack"]) => PlannedStack["state"];
}

/**
 * Everything that is not as it was when the plan was made, as sentences. The states of all stacks count, also of those
 * that do not change: the others were planned with what is in them, and Terraform looks at each one's own only.
 */
export function whatMoved(manifest: Manifest, present: Present): string[] {
  const moved: string[] = [];
  if (manifest.environment !== present.environment) moved.push(`the plan is of ${manifest.environment}`);
  if (manifest.commit !== present.commit) {
    moved.push(`the plan is of commit ${manifest.commit ?? "unknown"}, this is ${present.commit ?? "unknown"}`);
  }
  for (const { stack, planFile, planSha256, jsonSha256, state, applicable } of manifest.stacks) {
    if (applicable && present.planSha256(planFile) !== planSha256) moved.push(`${stack}: the plan file is another one`);
    if (applicable && present.jsonSha256(stack) !== jsonSha256) moved.push(`${stack}: the configuration has moved`);
    const now = present.state(stack);
    if (now?.lineage !== state?.lineage || now?.serial !== state?.serial) {
      moved.push(`${stack}: the state has moved from ${nameOf(state)} to ${nameOf(now)}`);
    }
  }
  return moved;
}

const nameOf = (state: PlannedStack["state"]): string => (state === null ? "none" : `serial ${state.serial}`);

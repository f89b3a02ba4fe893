import type { StackName } from "../../config/state";
import type { Manifest, ManifestStack } from "./manifest";

/** How things are when a plan is to be applied. */
export interface Present {
  readonly environment: string;
  readonly commit: string | null;
  /** Digest of a stack's synthesized JSON. */
  readonly synthesizedSha256: (stack: StackName) => string | undefined;
  /** Digest of a plan file. */
  readonly planSha256: (file: string) => string | undefined;
  readonly states: Readonly<Partial<Record<StackName, ManifestStack["state"]>>>;
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
  for (const { stack, planFile, planSha256, synthesizedSha256, state } of manifest.stacks) {
    if (planFile !== null && present.planSha256(planFile) !== planSha256) {
      moved.push(`${stack}: the plan file is another one`);
    }
    if (present.synthesizedSha256(stack) !== synthesizedSha256) moved.push(`${stack}: the configuration has moved`);
    const now = present.states[stack];
    if (now?.lineage !== state?.lineage || now?.serial !== state?.serial) {
      moved.push(`${stack}: the state has moved from ${nameOf(state)} to ${nameOf(now)}`);
    }
  }
  return moved;
}

const nameOf = (state: ManifestStack["state"] | undefined): string => (state ? `serial ${state.serial}` : "none");

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../config/schema/environment";
import { stateLocation, type StackName } from "../config/state";

/** What `terraform init` notes about the backend that it has set up. */
interface BackendNote {
  readonly backend?: { readonly config?: { readonly key?: string | null; readonly path?: string | null } };
}

/** Removes what another environment has left in the output folder: a stack that this one lacks, and its backends. */
export function removeLeftovers(folder: string, environment: Environment, stacks: readonly StackName[]): void {
  for (const name of readdirSync(folder)) {
    const stack = stacks.find((known) => known === name);
    if (stack === undefined) rmSync(join(folder, name), { recursive: true });
    else forgetBackend(join(folder, name), environment, stack);
  }
}

/**
 * With the other environment's backend noted, `terraform init` fails and offers -migrate-state, which would lay that
 * environment's state over this one's. A backend of this environment that has moved stays: there the offer is right.
 */
function forgetBackend(folder: string, environment: Environment, stack: StackName): void {
  const note = join(folder, ".terraform", "terraform.tfstate");
  if (!existsSync(note)) return;
  const { backend } = JSON.parse(readFileSync(note, "utf8")) as BackendNote;
  const noted = backend?.config?.key ?? backend?.config?.path ?? "";
  const location = stateLocation(environment, stack);
  if (lastTwo(noted) !== lastTwo(location.kind === "s3" ? location.key : location.path)) rmSync(note);
}

/** `<environment>/<stack>.tfstate`, which every place of a state ends in. */
const lastTwo = (path: string): string => path.split("/").slice(-2).join("/");

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { tmpdir } from "node:os";

/** The agent as the image gets it; call `remove` when done. */
export function bundleAgent(): { readonly path: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "pgpool-agent-"));
  const path = join(folder, "agent.cjs");
  execFileSync(process.execPath, [resolve("scripts/bundle-agent.mjs"), path]);
  return {
    path,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImageFile } from "./image-files";

/** The node agent with all that it needs, as one script for the distribution's Node.js. */
export function agentBundle(root: string): ImageFile {
  const folder = mkdtempSync(join(tmpdir(), "pgpool-agent-"));
  try {
    const file = join(folder, "agent.cjs");
    execFileSync(process.execPath, [join(root, "scripts", "bundle-agent.mjs"), file], { stdio: "inherit" });
    return { path: "agent.cjs", content: readFileSync(file, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

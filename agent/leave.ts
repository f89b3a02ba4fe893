import { existsSync, writeFileSync } from "node:fs";
import { loadDocument } from "./read-document";
import type { Host } from "./host";
import { isTerminated } from "./metadata";
import { runCommand } from "./run-command";

/**
 * When the scaling group ends this node: stops Pgpool-II as `systemctl stop pgpool` by hand does, which drains it, and
 * finishes the hook. Otherwise nothing.
 *
 * @returns whether the hook was finished.
 */
export async function leaveIfTerminated(host: Host): Promise<boolean> {
  const finished = `${host.paths.run}/left`;
  if (existsSync(finished) || !(await isTerminated(host))) return false;
  const document = loadDocument(host.paths.bootDocument);
  host.log("the scaling group ends this node");
  // The drain's own limit, and a little for the stop itself.
  await runCommand(host, ["systemctl", "stop", "pgpool.service"], { seconds: document.drainTimeoutSeconds + 30 });
  // Loaded only now: this command runs every few seconds, and nearly always ends above.
  const { completeTermination } = await import("./scaling-group");
  await completeTermination(host, document);
  host.log(`hook ${document.terminationHook} is finished`);
  // Written as it is: this unit has no right to give a file away, as writeFiles does.
  writeFileSync(finished, "");
  return true;
}

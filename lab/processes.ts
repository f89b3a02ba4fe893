import { readdirSync, readFileSync } from "node:fs";

/** Processes whose parent is another one. */
export function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] === String(parent);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Signals a process and its children; the main process first: alive, it would start others for those that have gone. */
export function signalTree(main: number, signal: NodeJS.Signals): void {
  for (const pid of [main, ...childrenOf(main)]) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended in between.
    }
  }
}

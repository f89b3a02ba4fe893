import { readFileSync } from "node:fs";
import { childrenOf } from "../../lab/processes";

/** The kernel's clock ticks in a second, the same on every machine that Linux runs on today. */
const ticks = 100;

/** Seconds of CPU that a process, its children and those of them that have ended have had. */
export function cpuSeconds(main: number): number {
  const [own = 0, ended = 0] = cpuOf(main);
  const children = childrenOf(main).reduce((sum, pid) => sum + (cpuOf(pid)[0] ?? 0), 0);
  return (own + ended + children) / ticks;
}

/** Its own ticks, and those of its children that have ended. */
function cpuOf(pid: number): number[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    return [user + system, endedUser + endedSystem];
  } catch {
    return [0, 0]; // it has ended in between
  }
}

/** Memory of a process and its children in MB; what several share is divided among them (PSS). */
export function pssMegabytes(main: number): number {
  return [main, ...childrenOf(main)].reduce((sum, pid) => sum + pssOf(pid), 0) / 1024;
}

function pssOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

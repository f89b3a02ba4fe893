/**
 * Memory of EC2 instance types and DB instance classes, as far as it follows from the name: AWS builds a family with so
 * much memory for each vCPU, and names sizes by vCPUs (EC2 and Aurora User Guides, tables of instance types).
 */

/** GiB for each vCPU, by the first letter of the family. */
const ratios: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8, x: 16 };

/** GiB of burstable types, which share their vCPUs. */
const burstable: Readonly<Record<string, number>> = {
  nano: 0.5,
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};

/** Families whose names promise another ratio than they have. */
const exceptions = ["c5n"];

/**
 * The memory of an EC2 instance type such as m7g.large, or a DB instance class such as db.r7g.large, in GiB.
 *
 * @returns undefined for a family that is not known here; nothing is guessed about it.
 */
export function memoryGiB(type: string): number | undefined {
  const [family = "", size = ""] = type.replace(/^db\./, "").split(".");
  if (/^t(3a?|4g)$/.test(family)) return burstable[size];
  if (exceptions.includes(family) || !/^([cmr][5-8]|x2g$)[a-z-]*$/.test(family)) return undefined;
  const cpus = vcpus(size);
  return cpus === undefined ? undefined : cpus * (ratios[family.charAt(0)] ?? 0);
}

function vcpus(size: string): number | undefined {
  if (size === "medium") return 1;
  if (size === "large") return 2;
  const [, count] = /^(\d*)xlarge$/.exec(size) ?? [];
  return count === undefined ? undefined : 4 * Number(count === "" ? 1 : count);
}

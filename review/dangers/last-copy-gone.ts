import { type Danger, eachChange, fromTo, isOn } from "./danger";

const switches: Readonly<Record<string, string>> = {
  skip_final_snapshot: "The deletion of the cluster would leave no snapshot.",
  delete_automated_backups: "The deletion of the cluster would take its automated backups with it.",
};

/** What would be left after a deletion is given up. */
export const lastCopyGone = {
  name: "last-copy-gone",
  find: eachChange(({ before, after }) =>
    Object.entries(switches)
      .filter(([name]) => isOn(after, name) && !isOn(before, name))
      .map(([name, reason]) => ({ reason, detail: fromTo(name, before[name], after[name]) })),
  ),
} as const satisfies Danger;

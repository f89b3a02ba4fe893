import { type Danger, eachChange, fromTo, isOn } from "./danger";

const switches = ["deletion_protection", "enable_deletion_protection"];

/** AWS's own deletion protection goes; Terraform's hangs on the same setting (docs/decisions/0003), and no plan shows it. */
export const protectionOff = {
  name: "protection-off",
  find: eachChange(({ before, after }) =>
    switches
      .filter((name) => isOn(before, name) && !isOn(after, name))
      .map((name) => ({
        reason: "The next careless destroy goes through: prevent_destroy of cluster, keys and load balancer ends too.",
        detail: fromTo(name, before[name], after[name]),
      })),
  ),
} as const satisfies Danger;

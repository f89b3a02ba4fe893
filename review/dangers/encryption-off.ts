import { blocksOf, type ResourceChange, type Values } from "../resource-change";
import { type Danger, eachChange, type Found, fromTo, isUnknown } from "./danger";

const switches = ["storage_encrypted", "encrypted", "enable_key_rotation"];
const keys = [
  "kms_key_id",
  "kms_key_arn",
  "kms_master_key_id",
  "master_user_secret_kms_key_id",
  "performance_insights_kms_key_id",
];

const isOff = (value: unknown): boolean => value === false || value === "false";
const isGiven = (value: unknown): boolean => typeof value === "string" && value !== "";

function weaker(before: Values, after: Values, unknown: (name: string) => boolean): readonly Omit<Found, "address">[] {
  const off = switches
    .filter((name) => isOff(after[name]) && !isOff(before[name]))
    .map((name) => ({
      reason: "Data lies in clear, or under a key that never changes.",
      detail: fromTo(name, before[name], after[name]),
    }));
  const keyless = keys
    .filter((name) => isGiven(before[name]) && !isGiven(after[name]) && !unknown(name))
    .map((name) => ({
      reason: "No key of ours encrypts it any more, so no policy of ours governs it.",
      detail: `${name} is no longer given`,
    }));
  return [...off, ...keyless];
}

/** The disks of a launch template, by their device. */
const disks = (values: Values): readonly Values[] =>
  blocksOf(values, "block_device_mappings").flatMap((mapping) => blocksOf(mapping, "ebs"));

function weakerDisks({ before, after }: ResourceChange): readonly Omit<Found, "address">[] {
  const old = disks(before);
  // What is left out of the values after is not known yet.
  return disks(after).flatMap((disk, index) => weaker(old[index] ?? {}, { ...old[index], ...disk }, () => false));
}

/** Encryption is switched off, or a key of our own is given up. */
export const encryptionOff = {
  name: "encryption-off",
  find: eachChange((change) => [
    ...weaker(change.before, change.after, (name) => isUnknown(change, name)),
    ...weakerDisks(change),
  ]),
} as const satisfies Danger;

import { resources, textOf } from "../blocks";
import { type Guard, resource } from "../guard";

const key = {
  enable_key_rotation: true,
  deletion_window_in_days: 30,
  policy: "${data.aws_iam_policy_document.key_policy_1A2B3C4D.json}",
};
const withKey = (changes: object) => resource("aws_kms_key", { example: { ...key, ...changes } });

export const keysRotate: Guard = {
  rule: "each key rotates, waits thirty days for its end, and has a policy of ours",
  violations: ({ json }) =>
    resources(json, "aws_kms_key").flatMap(({ address, block }) => [
      ...(block.enable_key_rotation === true ? [] : [`${address} does not rotate`]),
      ...(block.deletion_window_in_days === 30 ? [] : [`${address} is gone too soon`]),
      ...(textOf(block, "policy").startsWith("${data.aws_iam_policy_document.") ? [] : [`${address} has no policy`]),
    ]),
  accepts: { "a key that rotates": { json: withKey({}) } },
  refuses: {
    "a key that stays": { json: withKey({ enable_key_rotation: false }) },
    "a short wait": { json: withKey({ deletion_window_in_days: 7 }) },
    "AWS's default policy": { json: withKey({ policy: undefined }) },
  },
};

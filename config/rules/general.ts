import { partitionOf } from "../partition";
import type { Rule } from "./rule";

const ownTags = ["Project", "Environment", "Stack", "Owner"];

const tags: Rule = {
  reads: ["tags"],
  check: ({ tags }) => {
    const faulty = Object.entries(tags).filter(
      ([key, value]) =>
        key === "" || key.length > 128 || value.length > 256 || /^aws:/i.test(key) || ownTags.includes(key),
    );
    const allowed = `keys of 1 to 128, values of up to 256 characters; not aws:… and not ${ownTags.join(", ")}`;
    const wrong = faulty.map(([key, got]) => ({ path: `tags.${key}`, got, allowed, remedy: "rename or remove it" }));
    const count = Object.keys(tags).length;
    if (count <= 40) return wrong;
    return [
      ...wrong,
      { path: "tags", got: count, allowed: "at most 40 tags", remedy: "remove some: AWS takes 50 in all" },
    ];
  },
};

const stateKey: Rule = {
  reads: ["state"],
  check: ({ state }) => {
    if (state.kind === "local" || state.kmsKeyArn === undefined) return [];
    const allowed = `a key of the bucket's region, ${state.region}, in ${partitionOf(state.region).name}`;
    if (state.kmsKeyArn.startsWith(`arn:${partitionOf(state.region).name}:kms:${state.region}:`)) return [];
    return [{ path: "state.kmsKeyArn", got: state.kmsKeyArn, allowed, remedy: "S3 uses keys of its own region only" }];
  },
};

/** Rules of the settings at the top. */
export const generalRules: readonly Rule[] = [tags, stateKey];

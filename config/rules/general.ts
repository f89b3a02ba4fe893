import { partitionOf } from "../partition";
import { valueAt } from "../path";
import { repeated, type Rule } from "./rule";

const ownTags = ["Project", "Environment", "Stack", "Owner"];

/** Characters that every AWS service takes in tags; an empty key never. */
const tagKey = /^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu;
const tagValue = /^[\p{L}\p{N} _.:/=+@-]{0,256}$/u;

const tags: Rule = {
  reads: ["tags"],
  check: ({ tags }) => {
    const allowed = `keys of 1 to 128, values of up to 256 letters, digits, spaces or _.:/=+-@; not aws:…, not ${ownTags.join(", ")}`;
    const wrong = Object.entries(tags)
      .filter(([key, value]) => !tagKey.test(key) || !tagValue.test(value) || isOwn(key))
      .map(([key, got]) => ({ path: `tags.${key}`, got, allowed, remedy: "rename, rewrite or remove it" }));
    const got = Object.keys(tags).length;
    if (got <= 40) return wrong;
    return [...wrong, { path: "tags", got, allowed: "at most 40 tags", remedy: "remove some: AWS takes 50 in all" }];
  },
};

// IAM knows no upper and lower case in keys: a tag "owner" beside "Owner" would be refused half-way through an apply.
const isOwn = (key: string): boolean => ownTags.some((own) => own.toLowerCase() === key.toLowerCase());

const tagCase: Rule = {
  reads: ["tags"],
  check: ({ tags }) =>
    repeated(Object.keys(tags).map((key) => key.toLowerCase())).map((got) => ({
      path: "tags",
      got: Object.keys(tags).filter((key) => key.toLowerCase() === got),
      allowed: "keys that differ in more than upper and lower case",
      remedy: "keep one of them: IAM takes them for the same",
    })),
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

const statePartition: Rule = {
  reads: ["state", "region"],
  check: ({ state, region }) => {
    if (state.kind === "local" || partitionOf(state.region).name === partitionOf(region).name) return [];
    const allowed = `a region of the partition ${partitionOf(region).name}, as region (${region})`;
    const remedy = "keep the state where the same credentials are valid";
    return [{ path: "state.region", got: state.region, allowed, remedy }];
  },
};

/** Lists in which a second mention would be a second AWS object of the same name. */
const sets = [
  "alarms.emails",
  "database.pgaudit",
  "network.interfaceEndpoints",
  "network.zones",
  "pgpool.exposure.allowedCidrs",
  "pgpool.exposure.clientSecurityGroupIds",
];

const once = sets.map((path): Rule => ({
  reads: [path],
  check: (settings) => {
    const values = valueAt(settings, path.split("."));
    if (!Array.isArray(values)) return [];
    return repeated(values.map(String)).map((got) => ({ path, got, allowed: "each once", remedy: `name ${got} once` }));
  },
}));

/** Rules of the settings at the top, and of all lists. */
export const generalRules: readonly Rule[] = [tags, tagCase, stateKey, statePartition, ...once];

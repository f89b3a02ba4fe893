import { nested, resources, textOf } from "../blocks";
import { type Guard, type Subject, resource } from "../guard";

const tagsOf = ({ environment, stack }: Subject): Readonly<Record<string, string>> => ({
  ...environment.tags,
  Project: "pgpool-aurora",
  Environment: environment.name,
  Stack: stack,
  Owner: environment.owner,
});

/** Names of the tags that are missing or have another value. */
const missing = (wanted: object, found: unknown): readonly string[] =>
  Object.entries(wanted)
    .filter(([key, value]) => (found as Readonly<Record<string, unknown>> | undefined)?.[key] !== value)
    .map(([key]) => key);

const complain = (address: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`${address} lacks ${names.join(", ")}`];

function untaggedLaunches(subject: Subject): readonly string[] {
  const wanted = tagsOf(subject);
  return resources(subject.json, "aws_launch_template").flatMap(({ address, block }) => {
    const specifications = nested(block, "tag_specifications");
    return ["instance", "volume", "network-interface"].flatMap((type) => {
      const specification = specifications.find((one) => one.resource_type === type);
      return complain(`${address} (${type})`, missing(wanted, specification?.tags));
    });
  });
}

const tags = { Project: "pgpool-aurora", Environment: "test", Stack: "pgpool", Owner: "team@example.com" };
const provider = (found: object) => ({ json: { provider: { aws: [{ default_tags: [{ tags: found }] }] } } });
const launch = (...types: readonly string[]) => ({
  json: resource("aws_launch_template", {
    example: { tag_specifications: types.map((resource_type) => ({ resource_type, tags })) },
  }),
});
const group = (found: Readonly<Record<string, string>>) => ({
  json: resource("aws_autoscaling_group", {
    example: { tag: Object.entries(found).map(([key, value]) => ({ key, value, propagate_at_launch: false })) },
  }),
});

export const tagged: Guard = {
  rule: "everything has the environment's tags, also what a scaling group launches",
  violations: (subject) => [
    ...(subject.json.provider?.aws ?? []).flatMap((one) =>
      complain("provider aws", missing(tagsOf(subject), nested(one, "default_tags")[0]?.tags)),
    ),
    ...untaggedLaunches(subject),
    ...resources(subject.json, "aws_autoscaling_group").flatMap(({ address, block }) => {
      const found = nested(block, "tag").map((tag) => [textOf(tag, "key"), textOf(tag, "value")] as const);
      return complain(address, missing(tagsOf(subject), Object.fromEntries(found)));
    }),
  ],
  accepts: {
    "all tags by default": provider(tags),
    "all tags on what is launched": launch("instance", "volume", "network-interface"),
    "all tags on a group": group({ ...tags, Name: "test-pgpool" }),
  },
  refuses: {
    "no tags": provider({}),
    "another owner": provider({ ...tags, Owner: "nobody" }),
    "a tag of the environment that is left out": { ...provider(tags), environment: { tags: { CostCenter: "4711" } } },
    "volumes without tags": launch("instance", "network-interface"),
    "a group without tags": group({}),
  },
};

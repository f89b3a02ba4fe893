import { architectureOf } from "../architecture";
import { parseCidr } from "../cidr";
import type { Fault } from "../fault";
import { partitionOf } from "../partition";
import type { ImageBuild } from "./schema";
import type { Rule } from "../rules/rule";
import { ownTags } from "./own-tags";

type Settings = Omit<ImageBuild, "name">;

type Check = (image: Settings) => Fault[];

const instanceType: Check = ({ instanceType: type, architecture }) =>
  architectureOf(type) === architecture
    ? []
    : [
        {
          path: "instanceType",
          got: type,
          allowed: `an instance type for ${architecture}`,
          remedy: "an image is built on its own architecture: choose another type or architecture",
        },
      ];

/** CVE-2025-46801: from these on, an unauthenticated client cannot log in as somebody else. */
const safeFrom = { "4.5": 7, "4.6": 1 };

const pgpoolVersion: Check = ({ os: { pgpool } }) => {
  const [major = 0, minor = 0, patch = 0] = pgpool.version.split(".").map(Number);
  const floor = safeFrom[`${major}.${minor}` as keyof typeof safeFrom] as number | undefined;
  const isSafe = floor === undefined ? major > 4 || (major === 4 && minor > 6) : patch >= floor;
  if (isSafe) return [];
  const allowed = "4.5.7 or a later 4.5, 4.6.1 or later";
  return [
    { path: "os.pgpool.version", got: pgpool.version, allowed, remedy: "older ones let anybody in (CVE-2025-46801)" },
  ];
};

const sshRanges: Check = ({ os: { access } }) =>
  access.kind === "ssh" && access.from.kind === "cidrs"
    ? access.from.cidrs
        .filter((range) => parseCidr(range).prefix < 16)
        .map((got) => ({
          path: "os.access.from.cidrs",
          got,
          allowed: "IPv4 CIDRs from /16 to /32",
          remedy: "name the addresses from which you build: the builder must not be open to everybody",
        }))
    : [];

const sharedKey: Check = ({ sharing, encryption }) =>
  sharing.kind === "private" || encryption.kind === "key"
    ? []
    : [
        {
          path: "encryption.kind",
          got: encryption.kind,
          allowed: '"key" where sharing is not "private"',
          remedy: "AWS shares no snapshot that its default key encrypts: name a key that the others may use",
        },
      ];

const copies: Check = ({ region, copies: more, encryption }) =>
  more.flatMap((copy, index) => {
    const path = `copies.${index}`;
    const isKnown = [region, ...more.slice(0, index).map((other) => other.region)].includes(copy.region);
    const repeated = { path, got: copy.region, allowed: "each region once, and not the build's own" };
    const isKeyed = copy.keyId !== undefined;
    const keyless = { path: `${path}.keyId`, got: copy.keyId };
    return [
      ...(isKnown ? [{ ...repeated, remedy: "remove it" }] : []),
      ...(encryption.kind === "key" && !isKeyed
        ? [{ ...keyless, allowed: "a key of that region", remedy: "keys are regional: name one for each copy" }]
        : []),
      ...(encryption.kind === "default" && isKeyed
        ? [
            {
              ...keyless,
              allowed: 'nothing where encryption is "default"',
              remedy: "remove it, or name a key there too",
            },
          ]
        : []),
    ];
  });

const debianAccount: Check = ({ os, region }) =>
  os.kind === "debian-13" && partitionOf(region).name === "aws-us-gov"
    ? [
        {
          path: "os.kind",
          got: os.kind,
          allowed: '"al2023" in GovCloud',
          remedy: "Debian publishes no images there: build al2023, or build in another partition",
        },
      ]
    : [];

const tags: Check = ({ tags: more }) => {
  const own: readonly string[] = ownTags;
  const isWrong = (key: string, value: string): boolean =>
    key === "" || key.length > 128 || value.length > 256 || /^aws:/i.test(key) || /[{}]{2}/.test(key + value);
  const allowed = `keys of 1 to 128, values of up to 256 characters, without {{ or }}; not aws:… and not ${own.join(", ")}`;
  return [
    ...Object.entries(more)
      .filter(([key, value]) => isWrong(key, value) || own.includes(key))
      .map(([key, got]) => ({ path: `tags.${key}`, got, allowed, remedy: "rename or remove it" })),
    ...(Object.keys(more).length > 30
      ? [{ path: "tags", got: Object.keys(more).length, allowed: "at most 30 tags", remedy: "AWS takes 50 in all" }]
      : []),
  ];
};

/** What must hold between the settings of an image. */
export const imageRules: readonly Rule<Settings>[] = [
  { reads: ["instanceType", "architecture"], check: instanceType },
  { reads: ["os"], check: pgpoolVersion },
  { reads: ["os"], check: sshRanges },
  { reads: ["sharing", "encryption"], check: sharedKey },
  { reads: ["region", "copies", "encryption"], check: copies },
  { reads: ["os", "region"], check: debianAccount },
  { reads: ["tags"], check: tags },
];

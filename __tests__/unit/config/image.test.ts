import { ConfigurationError } from "../../../config/fault";
import { defaultImage, images } from "../../../config/image/images";
import { loadImage, parseImage } from "../../../config/image/load-image";
import type { ImageBuildInput } from "../../../config/image/schema";

const al2023 = images["al2023-x86_64"];
const debian = images["debian-13-x86_64"];
const key = { kind: "key", keyId: "alias/images" } as const;

/** What is wrong with an image that is `al2023` with something changed; nothing when it is valid. */
function faultsOf(changes: Readonly<Record<string, unknown>>): string[] {
  try {
    parseImage("test", { ...al2023, ...changes });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.faults.map(({ path, got }) => `${path}: ${got === undefined ? "nothing" : JSON.stringify(got)}`);
  }
}

const sshFrom = (...cidrs: readonly string[]) => ({
  os: { kind: "al2023", access: { kind: "ssh", from: { kind: "cidrs", cidrs } } },
});
const agent = { kind: "download", url: "https://example.com/agent.deb", sha256: "0".repeat(64) };

describe("image configuration", () => {
  test.each(Object.keys(images))("%s is valid as it is shipped", (name) => {
    expect(loadImage(name).name).toBe(name);
  });

  test("is Amazon Linux 2023 on x86_64 unless another one is named", () => {
    const { os, architecture } = loadImage(defaultImage);
    expect({ os: os.kind, architecture }).toEqual({ os: "al2023", architecture: "x86_64" });
  });

  test("pins Pgpool-II 4.7.2 and pgdoctor by commit, and reaches the builder through Session Manager", () => {
    const { os, pgdoctor } = loadImage(defaultImage);
    expect(os).toMatchObject({
      access: { kind: "session-manager" },
      pgpool: { kind: "source", commit: "a57e1ef11dbcbdeaa8d2774209b38a433b1ca2fe", version: "4.7.2" },
    });
    expect(pgdoctor.commit).toMatch(/^[0-9a-f]{40}$/);
  });

  test("opens SSH to the caller's own address where nothing else is said", () => {
    expect(loadImage("debian-13-arm64").os.access).toEqual({
      kind: "ssh",
      from: { kind: "caller" },
      address: "public",
    });
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["a builder of another architecture", { instanceType: "m7g.large" }, 'instanceType: "m7g.large"'],
    ["SSH from everywhere", sshFrom("192.0.2.0/24", "0.0.0.0/0"), 'os.access.from.cidrs: "0.0.0.0/0"'],
    ["SSH from half of everywhere", sshFrom("0.0.0.0/1"), 'os.access.from.cidrs: "0.0.0.0/1"'],
    [
      "an unsafe Pgpool-II",
      { os: { kind: "debian-13", pgpool: { kind: "package", version: "4.6.0" } } },
      'os.pgpool.version: "4.6.0"',
    ],
    [
      "an older series",
      { os: { kind: "al2023", pgpool: { kind: "source", version: "4.4.12" } } },
      'os.pgpool.version: "4.4.12"',
    ],
    [
      "sharing what the default key encrypts",
      { sharing: { kind: "accounts", accountIds: ["111122223333"] } },
      'encryption.kind: "default"',
    ],
    ["a copy without a key", { encryption: key, copies: [{ region: "eu-west-1" }] }, "copies.0.keyId: nothing"],
    ["a key for a copy alone", { copies: [{ region: "eu-west-1", keyId: "alias/x" }] }, 'copies.0.keyId: "alias/x"'],
    ["a copy to the build's own region", { copies: [{ region: "us-east-1" }] }, 'copies.0: "us-east-1"'],
    ["a region twice", { copies: [{ region: "eu-west-1" }, { region: "eu-west-1" }] }, 'copies.1: "eu-west-1"'],
    ["a tag of the image's own", { tags: { Project: "x" } }, 'tags.Project: "x"'],
    ["a tag that packer would fill in", { tags: { a: "{{ .SourceAMI }}" } }, 'tags.a: "{{ .SourceAMI }}"'],
    ["Debian in GovCloud", { ...debian, region: "us-gov-west-1" }, 'os.kind: "debian-13"'],
    [
      "Session Manager on Debian",
      { os: { kind: "debian-13", access: { kind: "session-manager" } } },
      'os.access.kind: "session-manager"',
    ],
    ["a package on Amazon Linux", { os: { kind: "al2023", pgpool: { kind: "package" } } }, 'os.pgpool.kind: "package"'],
    [
      "an agent to download on Amazon Linux",
      { os: { kind: "al2023", cloudWatchAgent: agent } },
      `os.cloudWatchAgent: ${JSON.stringify(agent)}`,
    ],
    ["a git URL with a quote", { pgdoctor: { url: "https://a/b'c" } }, `pgdoctor.url: "https://a/b'c"`],
    ["git over ssh", { pgdoctor: { url: "git@github.com:a/b.git" } }, 'pgdoctor.url: "git@github.com:a/b.git"'],
    ["a branch in the place of a commit", { pgdoctor: { commit: "main" } }, 'pgdoctor.commit: "main"'],
  ])("refuses %s", (_, changes, fault) => {
    expect(faultsOf(changes)).toEqual([fault]);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ["an agent to download on Debian", { ...debian, os: { kind: "debian-13", cloudWatchAgent: agent } }],
    ["Pgpool-II from source on Debian", { ...debian, os: { kind: "debian-13", pgpool: { kind: "source" } } }],
    ["a local mirror", { pgdoctor: { url: "file:///srv/pgdoctor.git" } }],
    ["a mirror on another port", { pgdoctor: { url: "https://git.example.com:8443/mirrors/pgdoctor" } }],
    ["keyed copies", { encryption: key, copies: [{ region: "eu-west-1", keyId: "alias/x" }] }],
    ["SSH from a network", sshFrom("192.0.2.0/24")],
    ["Debian in China", { ...debian, region: "cn-north-1" }],
    ["the oldest safe versions", { os: { kind: "debian-13", pgpool: { kind: "package", version: "4.5.7" } } }],
  ])("accepts %s", (_, changes) => {
    expect(faultsOf(changes)).toEqual([]);
  });

  test("tells everything that is wrong at once, between settings too", () => {
    expect(faultsOf({ region: "Ireland", rootVolumeGB: 20, instanceType: "m7g.large", tags: { Os: "x" } })).toEqual([
      'region: "Ireland"',
      "rootVolumeGB: 20",
      'instanceType: "m7g.large"',
      'tags.Os: "x"',
    ]);
  });

  test("suggests what an unknown setting may have meant", () => {
    expect(() => parseImage("test", { ...al2023, rootVolumeGB: 20 })).toThrow(/did you mean rootVolumeGiB\?/);
  });

  test("suggests what an unknown name may have meant", () => {
    expect(() => loadImage("debian13-x86_64")).toThrow(/did you mean debian-13-x86_64\?/);
  });

  test("refuses a name that is no part of a path", () => {
    expect(() => parseImage("../x", al2023 satisfies ImageBuildInput)).toThrow(/name of the image/);
  });
});

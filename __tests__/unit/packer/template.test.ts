import { parse } from "@cdktf/hcl2json";
import { images } from "../../../config/image/images";
import { parseImage } from "../../../config/image/load-image";
import { ownTags } from "../../../config/image/own-tags";
import { configurationHash } from "../../../packer/image-files";
import { renderImage } from "../../../packer/rendered-image";

type Json = Readonly<Record<string, unknown>>;
interface Template {
  readonly source: { readonly "amazon-ebs": { readonly image: readonly [Json] } };
  readonly packer: readonly [{ readonly required_plugins: readonly [{ readonly amazon: Json }] }];
  readonly build: readonly [
    { readonly provisioner: Readonly<Record<string, readonly Json[]>>; readonly "post-processor": Json },
  ];
}

const files = [{ path: "agent.cjs", content: "agent" }];
const text = (changes: Json = {}): string =>
  renderImage(parseImage("test", { ...images["al2023-x86_64"], ...changes }), files).get("image.pkr.hcl") ?? "";
const template = async (changes: Json = {}): Promise<Template> =>
  (await parse("image.pkr.hcl", text(changes))) as unknown as Template;
const source = async (changes: Json = {}): Promise<Json> => (await template(changes)).source["amazon-ebs"].image[0];
const scripts = async (changes: Json = {}): Promise<string[]> => {
  const [{ provisioner }] = (await template(changes)).build;
  return (provisioner.shell ?? []).flatMap(({ script }) => /([\w-]+)\.sh$/.exec(String(script))?.[1] ?? []);
};
const ssh = (access: Json) => ({ os: { kind: "al2023", access: { kind: "ssh", ...access } } });
const debian = { os: { kind: "debian-13" } };

describe("Packer template", () => {
  test("is the same text for the same settings and files", () => {
    expect(text()).toBe(text());
  });

  test("takes exactly one version of the plugin", async () => {
    const [
      {
        required_plugins: [{ amazon }],
      },
    ] = (await template()).packer;
    expect(amazon).toEqual({ version: "1.8.1", source: "github.com/hashicorp/amazon" });
  });

  test.each([
    ["al2023 x86_64", {}, "amazon", "al2023-ami-2023.*-kernel-6.1-x86_64", "ec2-user"],
    ["al2023 arm64", { ...images["al2023-arm64"] }, "amazon", "al2023-ami-2023.*-kernel-6.1-arm64", "ec2-user"],
    ["debian-13 x86_64", debian, "136693071363", "debian-13-amd64-*", "admin"],
    ["debian-13 arm64", { ...images["debian-13-arm64"] }, "136693071363", "debian-13-arm64-*", "admin"],
    ["debian-13 in China", { ...debian, region: "cn-north-1" }, "336777782633", "debian-13-amd64-*", "admin"],
  ])("starts %s from an image of its publisher only", async (_, changes, owner, name, user) => {
    const { source_ami_filter: filters, ssh_username: login } = await source(changes);
    expect(filters).toMatchObject([{ owners: [owner], most_recent: true, filters: { name, state: "available" } }]);
    expect(login).toBe(user);
  });

  test("insists on IMDSv2, encrypts, and takes gp3", async () => {
    expect(await source()).toMatchObject({
      imds_support: "v2.0",
      encrypt_boot: true,
      metadata_options: [{ http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 }],
      launch_block_device_mappings: [{ device_name: "/dev/xvda", volume_type: "gp3", volume_size: 10 }],
    });
  });

  test("opens no port for Session Manager, and lets the builder do nothing but hold the session", async () => {
    const built = await source();
    expect(built.ssh_interface).toBe("session_manager");
    expect(JSON.stringify(built)).not.toContain("temporary_security_group");
    const [
      {
        Statement: [{ Action }],
      },
    ] = built.temporary_iam_instance_profile_policy_document as [{ Statement: [{ Action: string[] }] }];
    expect(Action.filter((action) => !/^(ssmmessages:|ssm:UpdateInstanceInformation$)/.test(action))).toEqual([]);
  });

  test("takes a given instance profile in the place of a temporary one", async () => {
    const built = await source({
      os: { kind: "al2023", access: { kind: "session-manager", instanceProfile: "builder" } },
    });
    expect(built.iam_instance_profile).toBe("builder");
    expect(built).not.toHaveProperty("temporary_iam_instance_profile_policy_document");
  });

  test.each([
    ["the caller", ssh({}), { temporary_security_group_source_public_ip: true, ssh_interface: "public_ip" }],
    [
      "ranges",
      ssh({ from: { kind: "cidrs", cidrs: ["192.0.2.0/24"] } }),
      { temporary_security_group_source_cidrs: ["192.0.2.0/24"] },
    ],
    ["the caller, privately", ssh({ address: "private" }), { ssh_interface: "private_ip" }],
  ])("opens SSH to %s and to nobody else", async (_, changes, expected) => {
    expect(await source(changes)).toMatchObject(expected);
    expect(text(changes)).not.toContain("0.0.0.0/0");
  });

  test("tags image and snapshots with what they are, and leaves time and commit to the build", async () => {
    const { tags, snapshot_tags: snapshot } = await source({ tags: { Team: "x" } });
    expect(Object.keys(tags as Json).sort()).toEqual([...ownTags, "Team"].sort());
    expect(snapshot).toEqual(tags);
    expect(tags).toMatchObject({
      CreatedAt: "${local.created}",
      GitCommit: "${var.git_commit}",
      SourceAmi: "{{ .SourceAMI }}",
    });
  });

  test("tags builder and volumes alike, but for what only an image has", async () => {
    const { tags, run_tags: builder, run_volume_tags: volumes } = await source({ tags: { Team: "x" } });
    expect(volumes).toEqual(builder);
    expect(Object.keys(tags as Json).filter((key) => !(key in (builder as Json)))).toEqual([
      "SourceAmi",
      "SourceAmiName",
    ]);
    expect(builder).toMatchObject({ Name: "pgpool-aurora builder of test", PgpoolVersion: "4.7.2", Team: "x" });
  });

  test("hands on the choices of region, key, audience and life", async () => {
    const choices = {
      encryption: { kind: "key", keyId: "alias/a" },
      copies: [{ region: "eu-west-1", keyId: "alias/b" }],
      sharing: { kind: "accounts", accountIds: ["111122223333"] },
      deprecateAfterDays: 90,
      network: { kind: "subnet", vpcId: "vpc-0a1b2c3d", subnetId: "subnet-0a1b2c3d" },
    };
    expect(await source(choices)).toMatchObject({
      kms_key_id: "alias/a",
      ami_regions: ["eu-west-1"],
      region_kms_key_ids: { "eu-west-1": "alias/b" },
      ami_users: ["111122223333"],
      snapshot_users: ["111122223333"],
      deprecate_at: '${timeadd(local.created, "2160h")}',
      vpc_id: "vpc-0a1b2c3d",
      subnet_id: "subnet-0a1b2c3d",
      associate_public_ip_address: false,
    });
  });

  test("runs every script in its order: validation last, after everything is clean", async () => {
    expect(await scripts()).toEqual([
      "install-packages",
      "build-pgpool",
      "build-pgdoctor",
      "install-database-certificates",
      "install-rootfs",
      "harden",
      "remove-build-dependencies",
      "write-sbom",
      "clean",
      "validate",
    ]);
  });

  test("builds Pgpool-II on Debian only where the package is not wanted", async () => {
    expect(await scripts(debian)).not.toContain("build-pgpool");
    expect(await scripts({ os: { kind: "debian-13", pgpool: { kind: "source" } } })).toContain("build-pgpool");
  });

  test("installs the CloudWatch agent on Debian on request", async () => {
    const cloudWatchAgent = { kind: "download", url: "https://example.com/agent.deb", sha256: "a".repeat(64) };
    expect(await scripts(debian)).not.toContain("install-cloudwatch-agent");
    expect(await scripts({ os: { kind: "debian-13", cloudWatchAgent } })).toContain("install-cloudwatch-agent");
  });

  test("tells the manifest which architecture it is, for the stack that reads it", async () => {
    const [
      {
        "post-processor": { manifest },
      },
    ] = (await template()).build;
    expect(manifest).toMatchObject([
      { output: "${var.manifest}", custom_data: { architecture: "x86_64", image: "test" } },
    ]);
  });
});

describe("configuration hash", () => {
  const image = parseImage("test", images["al2023-x86_64"]);
  const hash = configurationHash(image, files);

  test.each([
    ["a setting", configurationHash({ ...image, rootVolumeGiB: 11 }, files)],
    ["a file's text", configurationHash(image, [{ path: "agent.cjs", content: "other" }])],
    ["a file's place", configurationHash(image, [{ path: "other.cjs", content: "agent" }])],
  ])("changes with %s", (_, other) => {
    expect(other).not.toBe(hash);
  });

  test("is in the image's tags", () => {
    expect(text()).toContain(hash);
  });
});

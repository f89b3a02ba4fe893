import { DescribeImagesCommand, EC2Client, type Image } from "@aws-sdk/client-ec2";
import { TerraformStack, Testing } from "cdktf";
import { readFileSync } from "node:fs";
import { example } from "../../config/environments/example";
import { imageFromManifest } from "../../config/image-manifest";
import { parseEnvironment } from "../../config/load-environment";
import { addStacks } from "../../stacks/environment-stacks";
import { DebianBuild, hasPgdoctor, image, pgdoctorUrl, steps } from "./support/debian-build";
import { NodeInImage } from "./support/node-in-image";

const minutes = 60_000;

interface Sbom {
  readonly bomFormat: string;
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl?: string }[];
}

describe("a whole build of Debian 13", () => {
  let build: DebianBuild;

  beforeAll(async () => {
    build = await DebianBuild.run();
  }, 15 * minutes);
  afterAll(async () => {
    await build.remove();
  });

  const manifest = () => ({ kind: "manifest", path: build.result.manifest, architecture: "x86_64" }) as const;
  const builtImage = async (): Promise<Image> => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const client = new EC2Client({ region: image.region, endpoint: build.mock.url, credentials });
    const id = imageFromManifest(manifest(), image.region);
    if (typeof id !== "string") throw new Error(id.remedy);
    const { Images: [found] = [] } = await client.send(new DescribeImagesCommand({ ImageIds: [id] }));
    if (found === undefined) throw new Error(`there is no image ${id}`);
    return found;
  };

  test("validates what it built", () => {
    expect(build.result.log).toContain("validate: the image is as it should be");
  });

  const missing = `because ${pgdoctorUrl} cannot be reached (PGDOCTOR_GIT_URL names a mirror)`;
  (hasPgdoctor ? test : test.skip)(`step build-pgdoctor${hasPgdoctor ? "" : `, ${missing}`}`, () => {
    expect(build.result.log).not.toContain("not checked");
    expect(build.printed("cat /usr/local/share/pgpool-aurora/pgdoctor.commit")).toBe(image.pgdoctor.commit);
  });

  test("leaves an image that the cloud knows, with tags that say what it is", async () => {
    const { Tags = [] } = await builtImage();
    const tags = Object.fromEntries(Tags.map(({ Key = "", Value }) => [Key, Value]));
    expect(tags).toMatchObject({
      Project: "pgpool-aurora",
      Image: "debian-13-test",
      Architecture: "x86_64",
      PgpoolVersion: "4.6.1",
      PgdoctorCommit: image.pgdoctor.commit,
      GitCommit: "0123456789abcdef",
      SourceAmi: "ami-0123456789abcdef0",
      SourceAmiName: "debian-13-amd64-20260101-0001",
      Team: "database ${x}",
    });
    expect(Date.now() - Date.parse(tags.CreatedAt ?? "")).toBeLessThan(15 * minutes);
    expect(tags.ConfigurationHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("leaves a manifest from which the pgpool stack takes the image", async () => {
    const { ImageId } = await builtImage();
    const environment = parseEnvironment("example", { ...example, region: image.region, image: manifest() });
    const app = Testing.app({ outdir: build.folder });
    addStacks(app, environment);
    const stack = app.node.findChild("pgpool");
    expect(stack instanceof TerraformStack && Testing.synth(stack)).toContain(`"image_id": "${ImageId ?? "-"}"`);
  });

  test("encrypts the image, and opens the builder to the configured addresses only", async () => {
    const copies = await build.mock.recorded("CopyImage");
    expect(copies.map((request) => request.get("Encrypted"))).toEqual(["true"]);
    const rules = await build.mock.recorded("AuthorizeSecurityGroupIngress");
    const ranges = rules.flatMap((rule) => [...rule].filter(([key]) => key.includes("Cidr")));
    expect(ranges.map(([, value]) => value)).toEqual(["192.0.2.0/24"]);
  });

  test("makes builder and image insist on IMDSv2, on gp3", async () => {
    const [request] = await build.mock.recorded("RunInstances");
    expect(request?.get("MetadataOptions.HttpTokens")).toBe("required");
    expect(request?.get("BlockDeviceMapping.1.Ebs.VolumeType")).toBe("gp3");
    const changes = await build.mock.recorded("ModifyImageAttribute");
    expect(changes.map((change) => change.get("ImdsSupport.Value"))).toContain("v2.0");
  });

  test("lists every package of the image in its bill of materials, and what was built from source", () => {
    const sbom = JSON.parse(readFileSync(build.result.sbom, "utf8")) as Sbom;
    expect(sbom.bomFormat).toBe("CycloneDX");
    const listed = sbom.components.filter(({ purl }) => purl?.startsWith("pkg:deb/") === true);
    const installed = build.printed("dpkg-query --show --showformat '${Package} ${Version}\\n'").split("\n");
    expect(listed.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(installed.sort());
    const names = sbom.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["pgpool2", "nodejs", "pgpool-aurora-agent"]));
    expect(names.includes("pgdoctor")).toBe(hasPgdoctor);
  });

  const enabled = [
    "pgpool.service",
    "pgdoctor.service",
    "pgpool-log.service",
    "pgpool-refresh.timer",
    "pgpool-readers.path",
  ];
  test.each(enabled)("%s starts with the node", (unit) => {
    expect(build.printed(`systemctl is-enabled ${unit}`)).toBe("enabled");
  });

  test("leaves nothing of the build behind", () => {
    expect(build.printed("ls -A /tmp")).toBe("");
    expect(build.printed("command -v gcc make git; find /home /root -name authorized_keys")).toBe("");
    expect(build.printed("cat /etc/machine-id")).toBe("");
  });

  test("finds everything that is wrong at once", () => {
    build.printed("ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key; echo key >/root/authorized_keys");
    build.printed("chmod 666 /usr/local/lib/pgpool-aurora/agent.cjs; systemctl disable pgpool.service");
    const [outcome] = steps.filter(({ name }) => name === "validate").map((step) => build.again(step));
    build.printed("rm /etc/ssh/ssh_host_* /root/authorized_keys; systemctl enable pgpool.service");
    build.printed("chmod 644 /usr/local/lib/pgpool-aurora/agent.cjs");
    expect(outcome?.status).toBe(1);
    expect(outcome?.stderr.split("\n").filter((line) => line !== "")).toEqual([
      expect.stringMatching(/unit pgpool.service is enabled: disabled/),
      expect.stringMatching(/node agent: is root:root 666, not root:root 644/),
      expect.stringMatching(/nothing of ours is writable for others: found .*agent.cjs/),
      expect.stringMatching(/no SSH host key: found .*ssh_host_ed25519_key/),
      expect.stringMatching(/no authorized key: found \/root\/authorized_keys/),
      expect.stringMatching(/no private key: found \/etc\/ssh\/ssh_host_ed25519_key/),
      "validate: 6 faults",
    ]);
  });

  test.each(steps.map((step) => [step.name, step] as const))(
    "%s can run again",
    (_, step) => {
      const { status, stderr } = build.again(step);
      expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
    },
    3 * minutes,
  );

  test(
    "boots with a document, and carries a session to a database with TLS on both sides",
    async () => {
      const node = await NodeInImage.start(build.host);
      try {
        expect(node.boot()).toMatchObject({ status: 0 });
        await node.startPgpool();
        const sql = "SELECT ssl, current_user FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        expect(node.ask(sql)).toMatchObject({ status: 0, stdout: `t|${node.user}\n` });
        expect(node.ask(sql, "disable").status).not.toBe(0);
        if (hasPgdoctor) expect(await node.health()).toBe("200");
      } finally {
        await node.end();
      }
    },
    2 * minutes,
  );
});

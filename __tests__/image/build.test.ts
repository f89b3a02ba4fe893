import { DescribeImagesCommand, EC2Client, type Image } from "@aws-sdk/client-ec2";
import { TerraformStack, Testing } from "cdktf";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { example } from "../../config/environments/example";
import { imageFromManifest } from "../../config/image-manifest";
import { images } from "../../config/image/images";
import { parseImage } from "../../config/image/load-image";
import { parseEnvironment } from "../../config/load-environment";
import { provisioningSteps, type Step } from "../../packer/steps";
import { addStacks } from "../../stacks/environment-stacks";
import { debianRoot } from "./support/debian-root";
import { MockEc2 } from "./support/mock-ec2";
import { packerBuild, writeOfflineTemplate, type OfflineBuild } from "./support/offline-build";
import { ThrowawayHost, type Outcome } from "./support/throwaway-host";
import { requireBuildTools } from "./support/tools";

const minutes = 60_000;
const { pgdoctor } = parseImage("debian-13-x86_64", images["debian-13-x86_64"]);
const pgdoctorUrl = process.env.PGDOCTOR_GIT_URL ?? pgdoctor.url;
const isReachable = spawnSync("git", ["ls-remote", pgdoctorUrl], { timeout: 30_000, stdio: "ignore" }).status === 0;
const skippedSteps = isReachable ? [] : ["build-pgdoctor"];

/** A certificate authority in the place of the database's, and the mirror of pgdoctor where it is a local one. */
function prepare(srv: string): void {
  const subject = ["-subj", "/CN=database", "-days", "2", "-keyout", "/dev/null", "-out", join(srv, "database-ca.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...subject], { stdio: "ignore" });
  if (pgdoctorUrl.startsWith("file://")) cpSync(new URL(pgdoctorUrl), join(srv, "pgdoctor.git"), { recursive: true });
}

const image = parseImage("debian-13-test", {
  ...images["debian-13-x86_64"],
  os: { kind: "debian-13", access: { kind: "ssh", from: { kind: "cidrs", cidrs: ["192.0.2.0/24"] } } },
  pgdoctor: { url: pgdoctorUrl.startsWith("file://") ? "file:///srv/pgdoctor.git" : pgdoctorUrl },
  databaseCertificates: { url: "file:///srv/database-ca.pem" },
  tags: { Team: "database ${x}" },
});
const steps = provisioningSteps(image, "0".repeat(64)).filter(({ name }) => !skippedSteps.includes(name));

interface Sbom {
  readonly bomFormat: string;
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl?: string }[];
}

describe("a whole build of Debian 13", () => {
  const folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-build-"));
  const template = join(folder, "template");
  let mock: MockEc2;
  let host: ThrowawayHost;
  let build: OfflineBuild;

  beforeAll(async () => {
    requireBuildTools();
    mock = await MockEc2.start(folder);
    host = await ThrowawayHost.start(debianRoot(), "admin", prepare);
    await mock.startRecording();
    build = await packerBuild(writeOfflineTemplate(image, template, host, skippedSteps), mock.environment);
    if (build.status !== 0) throw new Error(build.log);
  }, 15 * minutes);

  afterAll(async () => {
    await host.stop();
    await mock.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const manifest = () => ({ kind: "manifest", path: build.manifest, architecture: "x86_64" }) as const;
  const builtImage = async (): Promise<Image> => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const client = new EC2Client({ region: image.region, endpoint: mock.url, credentials });
    const id = imageFromManifest(manifest(), image.region);
    if (typeof id !== "string") throw new Error(id.remedy);
    const { Images: [found] = [] } = await client.send(new DescribeImagesCommand({ ImageIds: [id] }));
    if (found === undefined) throw new Error(`there is no image ${id}`);
    return found;
  };
  const printed = (script: string): string => host.run("bash", "-c", script).stdout.trim();
  const again = ({ name, inputs }: Step): Outcome => {
    const common = {
      IMAGE_FILES: "/srv/files",
      OS: "debian-13",
      STEP: name,
      STEPS: steps.map((s) => s.name).join(" "),
    };
    const variables = Object.entries({ ...common, ...inputs }).map(([key, value]) => `${key}=${value}`);
    return host.run("env", ...variables, "bash", `/srv/files/provisioners/${name}.sh`);
  };
  const validate = steps.filter(({ name }) => name === "validate");

  test("validates what it built", () => {
    expect(build.log).toContain("validate: the image is as it should be");
  });

  if (isReachable) {
    test("proves that a request with a format does not end pgdoctor", () => {
      expect(build.log).not.toContain("not checked");
      expect(printed("cat /usr/local/share/pgpool-aurora/pgdoctor.commit")).toBe(image.pgdoctor.commit);
    });
  } else {
    test.skip(`the step build-pgdoctor, because ${pgdoctorUrl} cannot be reached (PGDOCTOR_GIT_URL names a mirror)`, () => {
      expect(isReachable).toBe(true);
    });
  }

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
    const app = Testing.app({ outdir: folder });
    addStacks(app, environment);
    const stack = app.node.findChild("pgpool");
    expect(stack instanceof TerraformStack && Testing.synth(stack)).toContain(`"image_id": "${ImageId ?? "-"}"`);
  });

  test("encrypts the image, and opens the builder to the configured addresses only", async () => {
    expect((await mock.recorded("CopyImage")).map((request) => request.get("Encrypted"))).toEqual(["true"]);
    const rules = await mock.recorded("AuthorizeSecurityGroupIngress");
    expect(
      rules.flatMap((rule) => [...rule].filter(([key]) => key.includes("Cidr")).map(([, value]) => value)),
    ).toEqual(["192.0.2.0/24"]);
  });

  test("makes builder and image insist on IMDSv2, on gp3", async () => {
    const [request] = await mock.recorded("RunInstances");
    expect(request?.get("MetadataOptions.HttpTokens")).toBe("required");
    expect(request?.get("BlockDeviceMapping.1.Ebs.VolumeType")).toBe("gp3");
    const changes = await mock.recorded("ModifyImageAttribute");
    expect(changes.map((change) => change.get("ImdsSupport.Value"))).toContain("v2.0");
  });

  test("lists every package of the image in its bill of materials, and what was built from source", () => {
    const sbom = JSON.parse(readFileSync(build.sbom, "utf8")) as Sbom;
    expect(sbom.bomFormat).toBe("CycloneDX");
    const listed = sbom.components.filter(({ purl }) => purl?.startsWith("pkg:deb/") === true);
    const installed = printed("dpkg-query --show --showformat '${Package} ${Version}\\n'").split("\n");
    expect(listed.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(installed.sort());
    const names = sbom.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["pgpool2", "nodejs", "pgpool-aurora-agent"]));
    expect(names.includes("pgdoctor")).toBe(isReachable);
  });

  test.each(["pgpool.service", "pgdoctor.service", "pgpool-log.service", "pgpool-refresh.timer"])(
    "%s starts with the node",
    (unit) => {
      expect(printed(`systemctl is-enabled ${unit}`)).toBe("enabled");
    },
  );

  test("leaves nothing of the build behind", () => {
    expect(printed("ls -A /tmp")).toBe("");
    expect(printed("command -v gcc make git; find /home /root -name authorized_keys; cat /etc/machine-id")).toBe("");
  });

  describe("on the machine that it left", () => {
    beforeAll(() => {
      cpSync(join(template, "files"), join(host.work, "srv", "files"), { recursive: true });
    });

    test("finds everything that is wrong at once", () => {
      host.run(
        "bash",
        "-c",
        "ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key; chmod 666 /usr/local/lib/pgpool-aurora/agent.cjs",
      );
      host.run("bash", "-c", "echo key >/root/authorized_keys; systemctl disable pgpool.service");
      const [outcome] = validate.map(again);
      host.run(
        "bash",
        "-c",
        "rm /etc/ssh/ssh_host_* /root/authorized_keys; chmod 644 /usr/local/lib/pgpool-aurora/agent.cjs; systemctl enable pgpool",
      );
      expect(outcome?.status).toBe(1);
      expect(outcome?.stderr).toMatch(/no SSH host key: found .*ssh_host_ed25519_key/);
      expect(outcome?.stderr).toMatch(/no private key: found/);
      expect(outcome?.stderr).toMatch(/no authorized key: found \/root\/authorized_keys/);
      expect(outcome?.stderr).toMatch(/node agent: is root:root 666, not root:root 644/);
      expect(outcome?.stderr).toMatch(/unit pgpool.service is enabled: disabled/);
    });

    test.each(steps.map((step) => [step.name, step] as const))(
      "%s can run again",
      (_, step) => {
        const { status, stderr } = again(step);
        expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
      },
      3 * minutes,
    );
  });
});

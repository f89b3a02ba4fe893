import { mkdtempSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateImageCommand,
  CreateLaunchTemplateCommand,
  CreateTagsCommand,
  DescribeImagesCommand,
  DescribeSnapshotsCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { MockEc2 } from "./support/mock-ec2";
import { neutralEnvironment, projectRoot } from "./support/tools";

describe("old images", () => {
  const folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-images-"));
  let mock: MockEc2;
  let client: EC2Client;
  const ids: string[] = [];

  const run = (command: string, ...args: readonly string[]) => {
    const env = { ...neutralEnvironment(), ...mock.environment };
    const script = join(projectRoot, "scripts/run.mjs");
    return spawnSync("node", [script, `commands/${command}.ts`, ...args], { cwd: projectRoot, env, encoding: "utf8" });
  };
  const owned = async (): Promise<string[]> => {
    const { Images = [] } = await client.send(new DescribeImagesCommand({ Owners: ["self"] }));
    return Images.map(({ ImageId }) => ImageId ?? "").sort();
  };
  const makeImage = async (
    InstanceId: string,
    name: string,
    tags: Readonly<Record<string, string>>,
  ): Promise<string> => {
    const { ImageId = "" } = await client.send(new CreateImageCommand({ InstanceId, Name: name }));
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    await client.send(new CreateTagsCommand({ Resources: [ImageId], Tags }));
    return ImageId;
  };

  beforeAll(async () => {
    mock = await MockEc2.start(folder);
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    client = new EC2Client({ region: "us-east-1", endpoint: mock.url, credentials });
    const builder = { ImageId: "ami-0123456789abcdef0", MinCount: 1, MaxCount: 1 };
    const { Instances: [{ InstanceId = "" } = {}] = [] } = await client.send(new RunInstancesCommand(builder));
    const tags = { Project: "pgpool-aurora", Image: "debian-13-x86_64", PgpoolVersion: "4.6.1" };
    for (const name of ["a", "b", "c", "d", "e"]) ids.push(await makeImage(InstanceId, name, tags));
    await makeImage(InstanceId, "somebody else's", { Project: "other" });
    await client.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
  }, 60_000);

  afterAll(async () => {
    await mock.stop();
    rmSync(folder, { recursive: true });
  });

  test("are listed, those of others are not", () => {
    const { stdout, status } = run("image-list");
    expect(status).toBe(0);
    expect(stdout.split("\n").filter((line) => line.startsWith("ami-"))).toHaveLength(5);
    expect(stdout).toContain("debian-13-x86_64");
  });

  test("are only named in a dry run", async () => {
    const before = await owned();
    const { stdout, status } = run("image-prune", "--keep", "2", "--dry-run");
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("Would remove 3") as string });
    expect(await owned()).toEqual(before);
  });

  test("go with their snapshots, save the newest and those that are in use", async () => {
    const { stdout: plan } = run("image-prune", "--keep", "2", "--dry-run");
    const doomed = plan.split("\n").flatMap((line) => /^ {2}remove +(ami-\w+)/.exec(line)?.[1] ?? []);
    const [inTemplate = "", inInstance = "", unused = ""] = doomed;
    const data = { LaunchTemplateData: { ImageId: inTemplate } };
    await client.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: "old-version", ...data }));
    await client.send(new RunInstancesCommand({ ImageId: inInstance, MinCount: 1, MaxCount: 1 }));
    const before = await owned();
    const { Images: [image] = [] } = await client.send(new DescribeImagesCommand({ ImageIds: [unused] }));
    const SnapshotIds = image?.BlockDeviceMappings?.flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []) ?? [];
    expect(SnapshotIds).toHaveLength(1);

    const { stdout, status } = run("image-prune", "--keep", "2");

    expect(status).toBe(0);
    expect(stdout).toContain("launch template old-version, version 1");
    expect(await owned()).toEqual(before.filter((id) => id !== unused));
    const { Snapshots = [] } = await client.send(new DescribeSnapshotsCommand({}));
    expect(Snapshots.map(({ SnapshotId }) => SnapshotId)).not.toContain(SnapshotIds[0]);
  });

  test.each([[[]], [["--keep", "0"]], [["--keep", "all"]]])("are not touched without a number to keep: %j", (args) => {
    const { stderr, status } = run("image-prune", ...args);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("1 or more") as string });
  });

  test("are not listed without credentials, which is said in one line", () => {
    const env = { ...neutralEnvironment(), AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_EC2_METADATA_DISABLED: "true" };
    const script = join(projectRoot, "scripts/run.mjs");
    const { stderr, status } = spawnSync("node", [script, "commands/image-list.ts"], {
      cwd: projectRoot,
      env: { ...env, HOME: folder },
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stderr).toContain("no AWS credentials");
    expect(stderr).not.toContain("    at ");
  });
});

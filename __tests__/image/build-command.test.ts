import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { MockEc2 } from "./support/mock-ec2";
import { neutralEnvironment, projectRoot } from "./support/tools";

/** A copy of the project's shape with nothing written yet, and a stand-in for packer that records its calls. */
function checkout(): string {
  const root = mkdtempSync(join(tmpdir(), "pgpool-aurora-checkout-"));
  mkdirSync(join(root, "packer"));
  mkdirSync(join(root, "bin"));
  for (const part of ["scripts", "packer/provisioners", "packer/rootfs"])
    symlinkSync(join(projectRoot, part), join(root, part));
  symlinkSync(join(__dirname, "support/stand-in-packer.sh"), join(root, "bin/packer"));
  return root;
}

describe("npm run image:build", () => {
  const root = checkout();
  const calls = join(root, "calls");
  let mock: MockEc2;

  const build = (args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    rmSync(calls, { force: true });
    const own = neutralEnvironment();
    const env = {
      ...own,
      ...mock.environment,
      PATH: `${join(root, "bin")}:${own.PATH ?? ""}`,
      PACKER_CALLS: calls,
      ...more,
    };
    const command = [join(projectRoot, "scripts/run.mjs"), "commands/image-build.ts", ...args];
    const { status, stdout, stderr } = spawnSync("node", command, { cwd: root, env, encoding: "utf8" });
    return { status, stdout, stderr, calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [] };
  };
  const published = async (region: string) => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const client = new SSMClient({ region, endpoint: mock.url, credentials });
    return (await client.send(new GetParameterCommand({ Name: "/pgpool-aurora/image/arm64" }))).Parameter;
  };

  beforeAll(async () => {
    mock = await MockEc2.start(root);
  }, 60_000);
  afterAll(async () => {
    await mock.stop();
    rmSync(root, { recursive: true });
  });

  test("checks the template, builds it and prints the ids of the last build only", () => {
    const { status, stdout, calls: made } = build(["--image", "al2023-arm64"]);
    expect(status).toBe(0);
    expect(made.map((call) => call.split(" ")[0])).toEqual(["fmt", "init", "validate", "build"]);
    expect(made.at(-1)).toMatch(
      /-var git_commit=\S+ -var manifest=packer\/manifest.json .*packer\/build\/al2023-arm64$/,
    );
    expect(stdout).toContain("us-east-1       ami-11111111\n  eu-west-1       ami-22222222");
    expect(stdout).not.toContain("ami-00000000");
    expect(stdout).not.toContain("Published");
  });

  test("publishes the id of each region as a parameter that is known to be an image", async () => {
    const { status } = build(["--image", "al2023-arm64", "--publish", "/pgpool-aurora/image/arm64"]);
    expect(status).toBe(0);
    expect(await published("us-east-1")).toMatchObject({ Value: "ami-11111111", DataType: "aws:ec2:image" });
    expect(await published("eu-west-1")).toMatchObject({ Value: "ami-22222222", DataType: "aws:ec2:image" });
  });

  test("does not build what packer does not accept", () => {
    const { status, stderr, calls: made } = build([], { PACKER_FAILS: "validate" });
    expect(status).toBe(1);
    expect(stderr.trim()).toBe("packer validate failed (status 3); see above");
    expect(made.at(-1)).toMatch(/^validate/);
  });

  test("says where to get packer when there is none", () => {
    const { status, stderr } = build([], { PATH: "/usr/bin:/bin" });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^packer is not on the PATH/) as string,
    });
  });

  test.each([
    [["--publish", "image"], /--publish image: the name of a parameter starts with \//],
    [["--picture", "x"], /Unknown option '--picture'/],
  ])("refuses %j before it does anything", (args, message) => {
    const { status, stderr, calls: made } = build(args);
    expect({ status, made }).toEqual({ status: 2, made: [] });
    expect(stderr).toMatch(message);
  });

  test("knows its images by name", () => {
    const { status, stderr } = build(["--image", "al2023-amd64"]);
    expect(status).toBe(1);
    expect(stderr).toContain("did you mean al2023-arm64?");
  });
});

import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { images } from "../../config/image/images";
import { parseImage } from "../../config/image/load-image";
import { provisioningSteps } from "../../packer/steps";
import { debianRoot } from "./support/debian-root";
import { ThrowawayHost } from "./support/throwaway-host";
import { projectRoot, requireBuildTools } from "./support/tools";

const minutes = 60_000;
const { os } = parseImage("al2023-x86_64", images["al2023-x86_64"]);
const published = os.pgpool.kind === "source" ? os.pgpool.url : "";
const url = process.env.PGPOOL_GIT_URL ?? published;
const isReachable = spawnSync("git", ["ls-remote", url], { timeout: 30_000, stdio: "ignore" }).status === 0;
const isLocal = url.startsWith("file://");

const image = parseImage("debian-13-test", {
  ...images["debian-13-x86_64"],
  os: { kind: "debian-13", pgpool: { kind: "source", url: isLocal ? "file:///srv/pgpool.git" : url } },
});

/** The script is the same on Amazon Linux, where it makes the only Pgpool-II that there is. */
const suite = isReachable ? describe : describe.skip;

suite(`Pgpool-II from its pinned commit at ${url} (PGPOOL_GIT_URL names a mirror)`, () => {
  const steps = provisioningSteps(image, "0".repeat(64));
  let host: ThrowawayHost;

  const step = (name: string, changes: Readonly<Record<string, string>> = {}) => {
    const common = { IMAGE_FILES: "/srv/packer", OS: "debian-13", STEP: name, STEPS: "build-pgpool" };
    const inputs = { ...common, ...steps.find((candidate) => candidate.name === name)?.inputs, ...changes };
    const variables = Object.entries(inputs).map(([key, value]) => `${key}=${value}`);
    const { status, stderr } = host.run("env", ...variables, "bash", `/srv/packer/provisioners/${name}.sh`);
    return { status, stderr: status === 0 ? "" : stderr };
  };

  beforeAll(async () => {
    requireBuildTools();
    host = await ThrowawayHost.start(debianRoot(), "admin", (srv) => {
      cpSync(join(projectRoot, "packer/provisioners"), join(srv, "packer/provisioners"), { recursive: true });
      if (isLocal) cpSync(new URL(url), join(srv, "pgpool.git"), { recursive: true });
    });
    expect(step("install-packages")).toEqual({ status: 0, stderr: "" });
  }, 10 * minutes);

  afterAll(async () => {
    await host.stop();
  });

  test(
    "is refused when the commit is not the version",
    () => {
      const { status, stderr } = step("build-pgpool", { PGPOOL_VERSION: "4.7.1" });
      expect(status).toBe(1);
      expect(stderr).toContain(
        `build-pgpool: commit ${image.os.pgpool.kind === "source" ? image.os.pgpool.commit : ""} is not version 4.7.1`,
      );
    },
    10 * minutes,
  );

  test(
    "is built and runs, without its compilers too",
    () => {
      expect(step("build-pgpool")).toEqual({ status: 0, stderr: "" });
      expect(step("remove-build-dependencies")).toEqual({ status: 0, stderr: "" });
      expect(host.run("/usr/local/bin/pgpool", "--version").stderr).toContain("4.7.2");
      expect(host.run("/usr/local/bin/pcp_node_info", "--version")).toMatchObject({ status: 0 });
      expect(host.run("bash", "-c", "ldd /usr/local/bin/pgpool | grep -c -e ssl -e pam -e libpq")).toMatchObject({
        stdout: "3\n",
      });
      expect(host.run("bash", "-c", "command -v gcc bison autoconf")).toMatchObject({ stdout: "" });
    },
    10 * minutes,
  );
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageFromManifest } from "../../../config/image-manifest";

const folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-manifest-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Architecture = "x86_64" | "arm64";
const build = (run: string, artifacts: string, architecture?: Architecture) => ({
  packer_run_uuid: run,
  artifact_id: artifacts,
  ...(architecture === undefined ? {} : { custom_data: { architecture } }),
});

/** What the pgpool stack finds in a manifest with these builds, the oldest first. */
function found(builds: readonly object[], architecture: Architecture = "x86_64", region = "eu-west-1"): unknown {
  const path = join(folder, "manifest.json");
  writeFileSync(path, JSON.stringify({ builds, last_run_uuid: "irrelevant" }));
  return imageFromManifest({ kind: "manifest", path, architecture }, region);
}

describe("the image of a manifest", () => {
  test("is the last build's", () => {
    expect(found([build("1", "eu-west-1:ami-1", "x86_64"), build("2", "eu-west-1:ami-2", "x86_64")])).toBe("ami-2");
  });

  test("is that of the architecture, though the other one was built after it", () => {
    const builds = [build("1", "eu-west-1:ami-1", "x86_64"), build("2", "eu-west-1:ami-2", "arm64")];
    expect(found(builds)).toBe("ami-1");
    expect(found(builds, "arm64")).toBe("ami-2");
  });

  test("is that of the region, where a build has several", () => {
    expect(found([build("1", "us-east-1:ami-1,eu-west-1:ami-2", "x86_64")])).toBe("ami-2");
  });

  test("may come from a build that does not say its architecture", () => {
    expect(found([build("1", "eu-west-1:ami-1")])).toBe("ami-1");
  });

  test("is never an older build's, when the last one is not in the region", () => {
    const builds = [build("1", "eu-west-1:ami-1", "x86_64"), build("2", "us-east-1:ami-2", "x86_64")];
    expect(found(builds)).toMatchObject({ allowed: "a last build with an x86_64 image in eu-west-1" });
  });

  test("is missed with advice when there is no manifest, or none that packer wrote", () => {
    const missing = { kind: "manifest", path: join(folder, "none.json"), architecture: "x86_64" } as const;
    expect(imageFromManifest(missing, "eu-west-1")).toMatchObject({ allowed: "a manifest that packer has written" });
    writeFileSync(join(folder, "broken.json"), "{");
    const broken = { ...missing, path: join(folder, "broken.json") };
    expect(imageFromManifest(broken, "eu-west-1")).toMatchObject({ allowed: "a packer manifest (JSON)" });
  });
});

import { join } from "node:path";
import { imageFromManifest } from "../../../config/image-manifest";

const manifest = (file: string, architecture: "x86_64" | "arm64" = "x86_64") =>
  ({ kind: "manifest", path: join(__dirname, "manifests", file), architecture }) as const;

test("takes the image of the last build, of the region", () => {
  expect(imageFromManifest(manifest("builds.json"), "eu-west-1")).toBe("ami-00000002");
  expect(imageFromManifest(manifest("builds.json"), "eu-central-1")).toBe("ami-00000003");
});

test("takes the image of the architecture", () => {
  expect(imageFromManifest(manifest("builds.json", "arm64"), "eu-west-1")).toBe("ami-00000004");
});

test("never falls back to an earlier build", () => {
  expect(imageFromManifest(manifest("frankfurt.json"), "eu-west-1")).toMatchObject({
    path: "image.path",
    allowed: "a last build with an x86_64 image in eu-west-1",
  });
});

test("takes a build that names no architecture for the one that is asked for", () => {
  expect(imageFromManifest(manifest("plain.json", "arm64"), "eu-west-1")).toBe("ami-00000005");
});

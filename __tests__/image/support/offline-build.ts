import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { ImageBuild } from "../../../config/image/schema";
import { configurationHash } from "../../../packer/image-files";
import { imageTemplate } from "../../../packer/image-template";
import { templateFile } from "../../../packer/rendered-image";
import { provisioningSteps } from "../../../packer/steps";
import { writeImage } from "../../../packer/write-image";
import { imageFiles } from "../../../packer/written-template";
import { renderHcl, type HclBlock } from "../../../render/hcl";
import { packerEnvironment, projectRoot } from "./tools";

/** What packer left. */
export interface PackerRun {
  readonly status: number | null;
  readonly log: string;
  readonly manifest: string;
  readonly sbom: string;
}

/** What differs from a build in AWS: where packer logs in. Everything else is the template as it is written. */
export interface Login {
  readonly port: number;
  readonly key: string;
}

const loginTo = ({ port, key }: Login): NonNullable<HclBlock["attributes"]> => ({
  ssh_host: "127.0.0.1",
  ssh_port: port,
  ssh_private_key_file: key,
  // A call that the mock does not know would be tried for minutes.
  max_retries: 1,
});

/** The template of an image, less some steps, that logs in where it is told to. */
export function writeOfflineTemplate(
  image: ImageBuild,
  folder: string,
  login: Login,
  skipped: readonly string[],
): string {
  const files = imageFiles(projectRoot);
  const hash = configurationHash(image, files);
  const steps = provisioningSteps(image, hash).filter(({ name }) => !skipped.includes(name));
  const blocks = imageTemplate(image, hash, steps).map((block) =>
    block.type === "source" ? { ...block, attributes: { ...block.attributes, ...loginTo(login) } } : block,
  );
  const written = [[templateFile, renderHcl(blocks)], ...files.map(({ path, content }) => [`files/${path}`, content])];
  writeImage(new Map(written as [string, string][]), folder);
  return folder;
}

/** Runs `packer build` to its end. */
export async function packerBuild(folder: string, environment: Readonly<Record<string, string>>): Promise<PackerRun> {
  const manifest = join(folder, "manifest.json");
  const sbom = join(folder, "sbom.cdx.json");
  const variables = { git_commit: "0123456789abcdef", manifest, sbom };
  const args = Object.entries(variables).flatMap(([name, value]) => ["-var", `${name}=${value}`]);
  const env = { ...packerEnvironment(), ...environment, PACKER_NO_COLOR: "1" };
  const build = spawn("packer", ["build", "-color=false", ...args, folder], { env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [build.stdout, build.stderr]) stream.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const [status] = (await once(build, "close")) as [number | null];
  return { status, log, manifest, sbom };
}

import type { ImageBuild } from "../config/image/schema";

/** One provisioning script, and what it is told. */
export interface Step {
  /** Name of the script in packer/provisioners/. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** A file to bring back after it, and the packer variable that says where to. */
  readonly download?: { readonly path: string; readonly variable: string };
}

/** Where the template's files are on the builder. */
export const filesOnBuilder = "/tmp/pgpool-image";

/** Where the image's bill of materials is on the image. */
export const sbomOnImage = "/usr/local/share/pgpool-aurora/sbom.cdx.json";

/** The scripts of an image, in their order. */
export function provisioningSteps(image: ImageBuild, configurationHash: string): Step[] {
  const { os, pgdoctor, databaseCertificates: certificates } = image;
  const source = os.pgpool.kind === "source" ? [buildPgpool(os.pgpool)] : [];
  const agent = os.kind === "debian-13" && os.cloudWatchAgent.kind === "download" ? [os.cloudWatchAgent] : [];
  const versions = {
    PGPOOL_KIND: os.pgpool.kind,
    PGPOOL_VERSION: os.pgpool.version,
    PGPOOL_URL: os.pgpool.kind === "source" ? os.pgpool.url : "",
    PGPOOL_COMMIT: os.pgpool.kind === "source" ? os.pgpool.commit : "",
    PGDOCTOR_URL: pgdoctor.url,
    PGDOCTOR_COMMIT: pgdoctor.commit,
  };
  return [
    { name: "install-packages", inputs: { PGPOOL_KIND: os.pgpool.kind } },
    ...source,
    { name: "build-pgdoctor", inputs: { PGDOCTOR_URL: pgdoctor.url, PGDOCTOR_COMMIT: pgdoctor.commit } },
    ...agent.map(({ url, sha256 }) => ({
      name: "install-cloudwatch-agent",
      inputs: { CLOUDWATCH_AGENT_URL: url, CLOUDWATCH_AGENT_SHA256: sha256 },
    })),
    {
      name: "install-database-certificates",
      inputs: { CERTIFICATES_URL: certificates.url, CERTIFICATES_SHA256: certificates.sha256 ?? "" },
    },
    { name: "install-rootfs", inputs: {} },
    { name: "harden", inputs: {} },
    { name: "remove-build-dependencies", inputs: {} },
    {
      name: "write-sbom",
      inputs: { IMAGE_NAME: image.name, CONFIGURATION_HASH: configurationHash, SBOM: sbomOnImage, ...versions },
      download: { path: sbomOnImage, variable: "sbom" },
    },
    { name: "clean", inputs: {} },
    { name: "validate", inputs: { SBOM: sbomOnImage, ...versions } },
  ];
}

const buildPgpool = ({ url, commit, version }: { url: string; commit: string; version: string }): Step => ({
  name: "build-pgpool",
  inputs: { PGPOOL_URL: url, PGPOOL_COMMIT: commit, PGPOOL_VERSION: version },
});

import type { Architecture } from "../architecture";
import type { ImageBuildInput } from "./schema";

const region = "us-east-1";
const builder = { x86_64: "m7i.large", arm64: "m7g.large" } as const;

/** The images, by the name that `--image` chooses. */
export const images = {
  "al2023-x86_64": { region, architecture: "x86_64", instanceType: builder.x86_64, os: { kind: "al2023" } },
  "al2023-arm64": { region, architecture: "arm64", instanceType: builder.arm64, os: { kind: "al2023" } },
  "debian-13-x86_64": { region, architecture: "x86_64", instanceType: builder.x86_64, os: { kind: "debian-13" } },
  "debian-13-arm64": { region, architecture: "arm64", instanceType: builder.arm64, os: { kind: "debian-13" } },
} satisfies Readonly<Record<string, ImageBuildInput>>;

/** The image that goes with an architecture where none is named. */
export const defaultImages = { x86_64: "al2023-x86_64", arm64: "al2023-arm64" } as const satisfies Readonly<
  Record<Architecture, keyof typeof images>
>;

/** The image that is meant where none is named. */
export const defaultImage = defaultImages.x86_64;

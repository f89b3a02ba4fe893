import type { ImageBuild } from "../config/image/schema";
import { renderHcl } from "../render/hcl";
import { configurationHash, type ImageFile } from "./image-files";
import { imageTemplate } from "./image-template";
import { provisioningSteps } from "./steps";

/** Name of the template's file. */
export const templateFile = "image.pkr.hcl";

const comment = (name: string): string =>
  `Written by npm run image:template from config/image/images.ts, image ${name}. Change it there, not here.`;

/** The template of an image and its files, by their paths in the written folder. */
export function renderImage(image: ImageBuild, files: readonly ImageFile[]): ReadonlyMap<string, string> {
  const hash = configurationHash(image, files);
  const template = renderHcl(imageTemplate(image, hash, provisioningSteps(image, hash)), comment(image.name));
  return new Map([[templateFile, template], ...files.map((file) => [`files/${file.path}`, file.content] as const)]);
}

import { join } from "node:path";
import type { ImageBuild } from "../config/image/schema";
import { agentBundle } from "./agent-bundle";
import { folderFiles, type ImageFile } from "./image-files";
import { renderImage, templateFile } from "./rendered-image";
import { writeImage } from "./write-image";

/** A template on disk. */
export interface WrittenTemplate {
  readonly folder: string;
  /** Path of the HCL file. */
  readonly template: string;
  readonly fileCount: number;
}

/** Everything that a builder gets beside the template's own text. */
export function imageFiles(root: string): ImageFile[] {
  return [agentBundle(root), ...folderFiles(root, "provisioners"), ...folderFiles(root, "rootfs")];
}

/** Where the template of an image is written unless something else is said. */
export const defaultFolder = (image: string): string => join("packer", "build", image);

/** Writes the template of an image with its files. */
export function writeTemplate(image: ImageBuild, root: string, folder = defaultFolder(image.name)): WrittenTemplate {
  const files = imageFiles(root);
  writeImage(renderImage(image, files), folder);
  return { folder, template: join(folder, templateFile), fileCount: files.length };
}

import { defaultImage, images } from "../config/image/images";
import { loadImage } from "../config/image/load-image";
import type { ImageBuild } from "../config/image/schema";
import { type WrittenTemplate, writeTemplate } from "../packer/written-template";
import { readArguments } from "./arguments";

/** How every image command explains its option `--image`. */
export const imageHelp = `  --image NAME   one of ${Object.keys(images).join(", ")}
                 (default: ${defaultImage})`;

/** The options of a command that only writes a template. */
export const templateHelp = `${imageHelp}
  --output DIR   where to (default: packer/build/NAME)
  --help         this text`;

/** Reads the options of such a command and writes the template; undefined where it was asked for its help. */
export function writeChosenTemplate(help: string): { image: ImageBuild; written: WrittenTemplate } | undefined {
  const options = readArguments(help, ["image", "output"]);
  if (options === undefined) return undefined;
  const image = loadImage(options.image ?? defaultImage);
  return { image, written: writeTemplate(image, process.cwd(), options.output) };
}

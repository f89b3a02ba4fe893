import { defaultImage } from "../config/image/images";
import { loadImage } from "../config/image/load-image";
import { writeTemplate } from "../packer/written-template";
import { readArguments } from "./arguments";
import { imageHelp } from "./image-option";
import { checkTemplate } from "./packer";
import { report } from "./report-error";

const help = `npm run image:validate [-- --image NAME] [--output DIR]

Writes the Packer template of an image and lets packer check it: its form, its arguments, its files.
Needs no cloud account; downloads packer's amazon plugin once.

${imageHelp}
  --output DIR   where to (default: packer/build/NAME)
  --help         this text`;

function main(): void {
  const options = readArguments(help, ["image", "output"]);
  if (options === undefined) return;
  const image = loadImage(options.image ?? defaultImage);
  const { folder, template } = writeTemplate(image, process.cwd(), options.output);
  checkTemplate(folder);
  console.log(`Image ${image.name}: ${template} is valid.`);
}

try {
  main();
} catch (error) {
  report(error);
}

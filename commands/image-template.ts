import { join } from "node:path";
import { defaultImage } from "../config/image/images";
import { loadImage } from "../config/image/load-image";
import { writeTemplate } from "../packer/written-template";
import { readArguments } from "./arguments";
import { imageHelp } from "./image-option";
import { report } from "./report-error";

const help = `npm run image:template [-- --image NAME] [--output DIR]

Writes the Packer template of an image, with the files that the image gets. Needs no cloud account and no Packer.

${imageHelp}
  --output DIR   where to (default: packer/build/NAME)
  --help         this text`;

function main(): void {
  const options = readArguments(help, ["image", "output"]);
  if (options === undefined) return;
  const image = loadImage(options.image ?? defaultImage);
  const { folder, template, fileCount } = writeTemplate(image, process.cwd(), options.output);
  console.log(
    [
      `Image ${image.name}: ${template}, and ${fileCount} files under ${join(folder, "files")}.`,
      "",
      "Next:",
      "  edit    config/image/images.ts",
      `  check   npm run image:validate -- --image ${image.name}`,
      `  build   npm run image:build -- --image ${image.name}`,
    ].join("\n"),
  );
}

try {
  main();
} catch (error) {
  report(error);
}

import { join } from "node:path";
import { templateHelp, writeChosenTemplate } from "./image-option";
import { report } from "./report-error";

const help = `npm run image:template [-- --image NAME] [--output DIR]

Writes the Packer template of an image, with the files that the image gets. Needs no cloud account and no Packer.

${templateHelp}`;

function main(): void {
  const chosen = writeChosenTemplate(help);
  if (chosen === undefined) return;
  const { image, written } = chosen;
  console.log(
    [
      `Image ${image.name}: ${written.template}, and ${written.fileCount} files under ${join(written.folder, "files")}.`,
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

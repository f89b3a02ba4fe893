import { templateHelp, writeChosenTemplate } from "./image-option";
import { checkTemplate } from "./packer";
import { report } from "./report-error";

const help = `npm run image:validate [-- --image NAME] [--output DIR]

Writes the Packer template of an image and lets packer check it: its form, its arguments, its files.
Needs no cloud account; downloads packer's amazon plugin once.

${templateHelp}`;

function main(): void {
  const chosen = writeChosenTemplate(help);
  if (chosen === undefined) return;
  checkTemplate(chosen.written.folder);
  console.log(`Image ${chosen.image.name}: ${chosen.written.template} is valid.`);
}

try {
  main();
} catch (error) {
  report(error);
}

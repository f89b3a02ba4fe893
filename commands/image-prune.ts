import { DeleteSnapshotCommand, DeregisterImageCommand, EC2Client } from "@aws-sdk/client-ec2";
import { defaultImage } from "../config/image/images";
import { loadImage } from "../config/image/load-image";
import { judge, type BuiltImage, type Verdict } from "../packer/old-images";
import { readArguments } from "./arguments";
import { refusal } from "./aws-errors";
import { builtImages, imagesInUse } from "./built-images";
import { report, UsageError } from "./report-error";

const help = `npm run image:prune -- --keep N [--region REGION] [--dry-run]

Removes old images and their snapshots: of each image in config/image/images.ts the N newest stay, and every one
that an instance runs from or that any version of a launch template names.

  --keep N          how many of each to keep, 1 or more
  --region REGION   the region to look in (default: that of ${defaultImage})
  --dry-run         only say what would be done
  --help            this text`;

function countOf(keep: string | undefined): number {
  if (keep !== undefined && /^[1-9]\d{0,3}$/.test(keep)) return Number(keep);
  throw new UsageError(`--keep ${keep ?? ""}: say how many to keep, 1 or more\n\n${help}`);
}

async function remove(client: EC2Client, { id, snapshotIds }: BuiltImage): Promise<void> {
  await client.send(new DeregisterImageCommand({ ImageId: id }));
  for (const SnapshotId of snapshotIds) await client.send(new DeleteSnapshotCommand({ SnapshotId }));
}

const line = ({ image, fate, why }: Verdict): string =>
  `  ${fate.padEnd(8)}${image.id.padEnd(24)}${image.created.padEnd(26)}${why}`;

async function main(): Promise<void> {
  const options = readArguments(help, ["keep", "region"], ["dry-run"]);
  if (options === undefined) return;
  const keep = countOf(options.keep);
  const client = new EC2Client({ region: options.region ?? loadImage(defaultImage).region });
  try {
    const verdicts = judge(await builtImages(client), keep, await imagesInUse(client));
    console.log(verdicts.length === 0 ? "No image of ours there." : verdicts.map(line).join("\n"));
    const doomed = verdicts.filter(({ fate }) => fate === "remove");
    if (options["dry-run"] !== true) for (const { image } of doomed) await remove(client, image);
    console.log(
      options["dry-run"] === true ? `Would remove ${doomed.length}; nothing was done.` : `Removed ${doomed.length}.`,
    );
  } catch (error) {
    throw refusal(error, "what is listed as removed above may be there still; run the command again");
  }
}

main().catch(report);

import { EC2Client } from "@aws-sdk/client-ec2";
import { defaultImage } from "../config/image/images";
import { loadImage } from "../config/image/load-image";
import { newestFirst, type BuiltImage } from "../packer/old-images";
import { readArguments } from "./arguments";
import { refusal } from "./aws-errors";
import { builtImages } from "./built-images";
import { report } from "./report-error";

const help = `npm run image:list [-- --region REGION]

Lists the images that were built here, the newest first.

  --region REGION   the region to look in (default: that of ${defaultImage})
  --help            this text`;

const line = (id: string, image: string, pgpool: string, created: string): string =>
  [id.padEnd(24), image.padEnd(20), pgpool.padEnd(10), created].join("");
const head = line("id", "image", "pgpool", "created");
const row = ({ id, image, pgpoolVersion, created }: BuiltImage): string => line(id, image, pgpoolVersion, created);

async function main(): Promise<void> {
  const options = readArguments(help, ["region"]);
  if (options === undefined) return;
  const region = options.region ?? loadImage(defaultImage).region;
  try {
    const images = await builtImages(new EC2Client({ region }));
    console.log(
      images.length === 0
        ? `No image of ours in ${region}: npm run image:build makes one.`
        : [head, ...images.sort(newestFirst).map(row)].join("\n"),
    );
  } catch (error) {
    throw refusal(error, "nothing was listed");
  }
}

main().catch(report);

import type { App } from "cdktf";
import { imageFromManifest } from "../config/image-manifest";
import type { Environment } from "../config/schema/environment";
import type { ImageSource } from "../constructs/pgpool/node-image";
import { DatabaseStack } from "./database-stack";
import { NetworkStack } from "./network-stack";
import { PgpoolStack } from "./pgpool-stack";
import { PipelineStack } from "./pipeline-stack";

/** Adds the stacks of one environment to an app, in the order of their deployment. */
export function addStacks(app: App, environment: Environment): void {
  const { network, pipeline } = environment;
  const networkStack = network.kind === "new" ? new NetworkStack(app, environment, network) : undefined;
  const database = new DatabaseStack(app, environment);
  const pgpool = new PgpoolStack(app, environment, imageSource(environment));
  // Terraform cannot see that a stack reads another one's state: without this, cdktf deploys them all at once.
  if (networkStack !== undefined) database.addDependency(networkStack);
  pgpool.addDependency(database);
  // No other stack knows of it: the three are the same with it and without it.
  if (pipeline.kind === "github") new PipelineStack(app, environment, pipeline);
}

function imageSource({ image, region }: Environment): ImageSource {
  if (image.kind !== "manifest") return image;
  const found = imageFromManifest(image, region);
  if (typeof found !== "string") throw new Error(`${found.path}: ${found.remedy}`);
  return { kind: "id", id: found };
}

import { check } from "../check";
import { ConfigurationError, type Fault } from "../fault";
import { nearest } from "../nearest";
import { images } from "./images";
import { imageRules } from "./rules";
import { imageBuildSchema, type ImageBuild, type ImageBuildInput } from "./schema";

const source = "config/image/images.ts";

/** @throws {@link ConfigurationError} for an unknown name, or with everything that is wrong with the image. */
export function loadImage(name: string): ImageBuild {
  const known: Readonly<Record<string, ImageBuildInput>> = images;
  const input = known[name];
  if (input !== undefined) return parseImage(name, input);
  const meant = nearest(name, Object.keys(known));
  const remedy = meant === undefined ? `choose one of these, or add it to ${source}` : `did you mean ${meant}?`;
  throw new ConfigurationError("--image", [
    { path: "--image", got: name, allowed: Object.keys(known).join(", "), remedy },
  ]);
}

/**
 * Checks an image: its settings one by one, and how they fit together.
 *
 * @throws {@link ConfigurationError} with all faults at once.
 */
export function parseImage(name: string, input: unknown): ImageBuild {
  const checked = check(imageBuildSchema, imageRules, input);
  const faults = [...nameFaults(name), ...("faults" in checked ? checked.faults : [])];
  if ("faults" in checked || faults.length > 0) throw new ConfigurationError(`${source}, image ${name},`, faults);
  return { name, ...checked.settings };
}

/** The name becomes part of a path and of the AMI's name. */
function nameFaults(name: string): Fault[] {
  if (/^[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?$/.test(name)) return [];
  const allowed = "1 to 60 lower-case letters, digits, dots, hyphens or underscores";
  return [{ path: "name of the image", got: name, allowed, remedy: "rename its entry" }];
}

import { readFileSync } from "node:fs";
import { type BootDocument, bootDocumentSchema } from "../config/boot-document";
import { ConfigurationError, type Fault } from "../config/fault";
import { nearest } from "../config/nearest";
import { AgentError, messageOf } from "./host";

/**
 * The boot document as it lies on the node, not yet checked.
 *
 * @throws {@link AgentError} when there is none, or it is no JSON.
 */
export function readDocument(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new AgentError(`there is no boot document: ${messageOf(error)}; user data should have written it`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AgentError(`${path} is no JSON: ${messageOf(error)}`);
  }
}

/**
 * The boot document, checked.
 *
 * @throws ConfigurationError that lists everything that is missing, unknown or malformed.
 */
export function parseDocument(path: string, raw: unknown): BootDocument {
  const parsed = bootDocumentSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(
    path,
    parsed.error.issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => unknownField([...issue.path, key], raw))
        : [wrongField(issue.path, raw)],
    ),
  );
}

/**
 * The boot document, read and checked.
 *
 * @throws what {@link readDocument} and {@link parseDocument} throw.
 */
export const loadDocument = (path: string): BootDocument => parseDocument(path, readDocument(path));

type Path = readonly PropertyKey[];

function unknownField(path: Path, raw: unknown): Fault {
  const { settings } = bootDocumentSchema.shape;
  const levels = [bootDocumentSchema.shape, settings.shape, settings.shape.tunables.shape];
  const siblings = Object.keys(levels[path.length - 1] ?? {});
  const meant = nearest(String(path.at(-1)), siblings);
  return {
    path: path.map(String).join("."),
    got: valueAt(raw, path),
    allowed: siblings.join(", "),
    remedy: `this image knows no such field${meant === undefined ? "" : ` (it knows ${meant})`}: ${sameRelease}`,
  };
}

function wrongField(path: Path, raw: unknown): Fault {
  const { settings, ...fields } = bootDocumentSchema.shape;
  const known = new Map<string, { meta: () => Record<string, unknown> | undefined }>([
    ...Object.entries(fields),
    ...Object.entries(settings.shape).map(([name, field]) => [`settings.${name}`, field] as const),
    ...Object.entries(settings.shape.tunables.shape).map(
      ([name, field]) => [`settings.tunables.${name}`, field] as const,
    ),
  ]);
  const name = path.map(String).join(".");
  const allowed = known.get(name)?.meta()?.allowed;
  return {
    path: name === "" ? "(the document)" : name,
    got: valueAt(raw, path),
    allowed: typeof allowed === "string" ? allowed : "a group of fields",
    remedy: sameRelease,
  };
}

const sameRelease = "deploy the pgpool stack with the release that built this image";

const valueAt = (raw: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), raw);

const isObject = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === "object" && value !== null;

import { bootDocumentPath } from "../../config/boot-document-path";
import { type BootDocument, bootDocumentSchema } from "../../config/boot-document";
import { hideInJson, hideInText } from "../hide";

/** What the user data of a node says. */
export interface UserData {
  /** In a form that a line diff can compare: what is JSON is laid out, files inside it too. */
  readonly text: string;
  /** The boot document, if this release knows its form. */
  readonly document: BootDocument | undefined;
}

interface CloudConfig {
  readonly write_files?: readonly { readonly path?: unknown; readonly content?: unknown }[];
}

const cloudConfigMark = "#cloud-config";

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/\s]+=*\s*$/.test(text);

/** Reads user data: a launch template has it in Base64, an instance may have it in clear. */
export function readUserData(given: string): UserData {
  const text = isBase64(given) ? Buffer.from(given, "base64").toString("utf8") : given;
  const [mark, rest] = [text.slice(0, cloudConfigMark.length), text.slice(cloudConfigMark.length)];
  const config = mark === cloudConfigMark ? jsonOf(rest) : undefined;
  if (typeof config !== "object" || config === null) return { text: hideInText(text), document: undefined };
  const { write_files: files = [] } = config as CloudConfig;
  const opened = files.map((file) => ({ ...file, content: jsonOf(file.content) ?? file.content }));
  const shown = files.length === 0 ? config : { ...config, write_files: opened };
  const document = opened.find(({ path }) => path === bootDocumentPath)?.content;
  return {
    text: `${cloudConfigMark}\n${JSON.stringify(hideInJson(shown), undefined, 2)}\n`,
    document: bootDocumentSchema.safeParse(document).data,
  };
}

/** The JSON that a text holds, if it does. */
export function jsonOf(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

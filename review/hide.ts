import { knownForms, secretArgument } from "../policy/secret-forms";

/** Stands for a value that must not be shown. */
export const hidden = "(sensitive value)";

const everyKnownForm = new RegExp(knownForms.source, "g");
/** `password = x`, `"token": "x"` and the like, in a text of unknown form; in an ARN `secret:` follows a colon. */
const assignment =
  /(?<![:\w])(\w*(?:password|passwd|secret|private_key|access_key|secret_key|token))(["']?\s*[=:]\s*)(["']?)[^\s"',;]+/gi;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** A text without what looks like a secret. */
export const hideInText = (text: string): string =>
  text.replace(privateKey, hidden).replace(everyKnownForm, hidden).replace(assignment, `$1$2$3${hidden}`);

/** Whether the name of an argument says that its text is a secret. */
export const isSecretName = (path: string): boolean => secretArgument.test(path.replace(/\[[^\]]*\]$/, ""));

/** A JSON value without what its names, or its form, tell to be secret. */
export function hideInJson(value: unknown, path = ""): unknown {
  if (typeof value === "string") return isSecretName(path) ? hidden : hideInText(value);
  if (Array.isArray(value)) return value.map((item) => hideInJson(item, path));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideInJson(inner, `${path}.${key}`)]));
}

import { hideInJson } from "../hide";
import { compareText } from "../resource-change";
import { jsonOf } from "./boot-document";

/** Elements whose list has no order; AWS writes a list of one as that one. */
const unordered = ["Action", "NotAction", "Resource", "NotResource", "AWS", "Service"];

/**
 * An IAM policy laid out so that equal policies are equal lines: names sorted, statements in the order of their Sid,
 * lists without an order sorted.
 *
 * @returns undefined for a text that is no policy.
 */
export function normalPolicy(text: string): string | undefined {
  const policy = jsonOf(text);
  if (typeof policy !== "object" || policy === null || !("Statement" in policy)) return undefined;
  const statements: readonly unknown[] = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  const sorted = statements.map((one) => normal(one)).sort((a, b) => compareText(orderOf(a), orderOf(b)));
  return JSON.stringify(hideInJson({ ...(normal(policy) as object), Statement: sorted }), undefined, 2);
}

function normal(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => normal(item));
    if (!unordered.includes(name)) return items;
    return items.length === 1 ? items[0] : items.sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)));
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, normal(inner, key)]));
}

const orderOf = (statement: unknown): string => {
  const sid = (statement as { readonly Sid?: unknown } | null)?.Sid;
  return `${typeof sid === "string" ? sid : ""}\n${JSON.stringify(statement)}`;
};

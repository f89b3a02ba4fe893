import { hidden, hideInText, isSecretName } from "./hide";

/** One value deep inside a resource. */
export type Leaf =
  | { readonly kind: "known"; readonly raw: unknown; readonly shown: string }
  | { readonly kind: "hidden"; readonly raw: unknown }
  | { readonly kind: "unknown" };

/** Values by their paths, such as `rule[cluster].lifecycle[0].delete_after`. */
export type Leaves = ReadonlyMap<string, Leaf>;

/** The marks that Terraform puts on a value: nested as the value is, true where they hold. */
interface Marks {
  readonly sensitive: unknown;
  readonly unknown: unknown;
}

/** Arguments that tell the blocks of a list apart: a set has no order, so a number would compare strangers. */
const identities = ["key", "rule_name", "name", "device_name", "resource_type", "Sid"];

/** All values of a resource that are there or will be, by their paths. */
export function leavesOf(value: unknown, marks: Marks): Leaves {
  return new Map(walk(value, marks, ""));
}

function* walk(value: unknown, marks: Marks, path: string): Generator<readonly [string, Leaf]> {
  if (marks.sensitive === true) yield [path, { kind: "hidden", raw: value }];
  else if (marks.unknown === true) yield [path, { kind: "unknown" }];
  else if (isList(value) && !value.some(isObject)) yield* scalars(value, marks, path);
  else if (isObject(value) || isObject(marks.unknown)) yield* inside(value, marks, path);
  else if (value !== null && value !== undefined) yield [path, scalar(value, path)];
}

/** Arguments in Base64, in which no secret could be recognized: they are shown opened, or not at all. */
export const encoded = ["user_data", "user_data_base64"];

function scalar(value: unknown, path: string): Leaf {
  if (encoded.includes(path)) return { kind: "known", raw: value, shown: "(user data)" };
  if (typeof value !== "string") return { kind: "known", raw: value, shown: JSON.stringify(value) };
  return isSecretName(path) ? { kind: "hidden", raw: value } : { kind: "known", raw: value, shown: hideInText(value) };
}

/** A list of plain values is one value: what matters is what it holds. */
function* scalars(value: readonly unknown[], marks: Marks, path: string): Generator<readonly [string, Leaf]> {
  const items = value.map((item, index) => (at(marks.unknown, index) === true ? "(known after apply)" : item));
  if (items.length === 0) return;
  const secret = items.some((_, index) => at(marks.sensitive, index) === true) || isSecretName(path);
  const shown = hideInText(JSON.stringify(items));
  yield [path, secret ? { kind: "hidden", raw: items } : { kind: "known", raw: items, shown }];
}

function* inside(value: unknown, marks: Marks, path: string): Generator<readonly [string, Leaf]> {
  const names = isList(value) ? elementNames(value) : undefined;
  for (const key of new Set([...keysOf(value), ...keysOf(marks.unknown)])) {
    const name = names?.[Number(key)] ?? key;
    const inner = isList(value) || isList(marks.unknown) ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
    yield* walk(at(value, key), { sensitive: at(marks.sensitive, key), unknown: at(marks.unknown, key) }, inner);
  }
}

/** What tells the elements apart, if one argument does it for all of them. */
function elementNames(list: readonly unknown[]): readonly string[] | undefined {
  for (const identity of identities) {
    const names = list.map((item) => at(item, identity)).filter((name) => typeof name === "string");
    if (names.length === list.length && new Set(names).size === names.length) return names;
  }
  return undefined;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const keysOf = (value: unknown): readonly string[] => (isObject(value) ? Object.keys(value) : []);
const at = (value: unknown, key: string | number): unknown =>
  isObject(value) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;

/** A leaf in words. */
export const leafText = (leaf: Leaf | undefined): string | null =>
  leaf === undefined
    ? null
    : leaf.kind === "known"
      ? leaf.shown
      : leaf.kind === "hidden"
        ? hidden
        : "(known after apply)";

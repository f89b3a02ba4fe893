import { type Leaf, type Leaves, leafText } from "./leaves";
import type { AttributeReport, ResourceReport } from "./report";
import { compareText, type Action } from "./resource-change";

const tagPath = /^(tags|tags_all|tag\[[^\]]*\]|tag_specifications\[[^\]]*\]\.tags)(?=[.[]|$)/;

/** Name of the tag that a path is about. */
const tagName = (path: string): string => /^tag\[([^\]]*)\]/.exec(path)?.[1] ?? path.split(".").at(-1) ?? path;

const isSame = (a: Leaf | undefined, b: Leaf | undefined): boolean =>
  JSON.stringify(rawOf(a)) === JSON.stringify(rawOf(b));
const rawOf = (leaf: Leaf | undefined): unknown =>
  leaf === undefined ? [] : leaf.kind === "unknown" ? ["unknown"] : ["known", leaf.raw];

/** Compares a resource argument by argument; tags and what AWS computes are only named. */
export function attributeDifferences(
  action: Action,
  before: Leaves,
  after: Leaves,
  forcing: ReadonlySet<string>,
): Pick<ResourceReport, "attributes" | "tags" | "computed"> {
  if (action === "destroy" || action === "forget") return { attributes: [], tags: [], computed: [] };
  const changed = [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => !isSame(before.get(path), after.get(path)))
    .sort(compareText);
  const isComputed = (path: string) =>
    after.get(path)?.kind === "unknown" && (action !== "update" || !before.has(path)) && !forcing.has(path);
  const tags = changed.filter((path) => tagPath.test(path));
  const computed = changed.filter((path) => !tagPath.test(path) && isComputed(path));
  const told = new Set([...tags, ...computed]);
  return {
    attributes: changed
      .filter((path) => !told.has(path))
      // A new resource has neither what is empty nor what is not there.
      .filter((path) => action !== "create" || leafText(after.get(path)) !== "")
      .map((path): AttributeReport => ({
        path,
        before: leafText(before.get(path)),
        after: leafText(after.get(path)),
        forcesReplacement: forcing.has(path),
      })),
    tags: [...new Set(tags.map(tagName))].sort(compareText),
    computed,
  };
}

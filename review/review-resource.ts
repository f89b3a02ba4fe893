import { attributeDifferences } from "./attributes";
import { documentDifferences } from "./documents/documents";
import { type Leaves, leavesOf } from "./leaves";
import type { ResourceReport } from "./report";
import type { ResourceChange } from "./resource-change";
import { withRuleLine } from "./security-rule";

/** What a person needs to see of one resource's change; nothing that is marked or named as a secret. */
export function reviewResource({ address, type, action, change }: ResourceChange): ResourceReport {
  const before = withRuleLine(type, leavesOf(change.before, { sensitive: change.before_sensitive, unknown: false }));
  const after = withRuleLine(
    type,
    leavesOf(change.after, { sensitive: change.after_sensitive, unknown: change.after_unknown }),
  );
  const gone = action === "destroy" || action === "forget";
  const { documents, paths } = gone ? { documents: [], paths: new Set<string>() } : documentDifferences(before, after);
  const forcing = new Set(change.replace_paths.map(pathText));
  const rest = (leaves: Leaves): Leaves => new Map([...leaves].filter(([path]) => !paths.has(path)));
  return { address, type, action, ...attributeDifferences(action, rest(before), rest(after), forcing), documents };
}

/** A path as the leaves have it: `ingress[0].cidr_blocks`. */
const pathText = (path: readonly (string | number)[]): string =>
  path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");

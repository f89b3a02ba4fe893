import { hideInText } from "../hide";
import { encoded, type Leaf, type Leaves } from "../leaves";
import { lineDiff } from "../line-diff";
import type { DocumentReport } from "../report";
import { readUserData, type UserData } from "./boot-document";
import { pgpoolConfOf } from "./pgpool-conf";
import { normalPolicy } from "./policy-document";

/** What became of the arguments that are texts of many lines. */
export interface DocumentDifferences {
  readonly documents: readonly DocumentReport[];
  /** Paths of those arguments: nothing more is to be said of them. */
  readonly paths: ReadonlySet<string>;
}

/** Compares the documents inside a resource line by line: user data, IAM policies, and other texts of many lines. */
export function documentDifferences(before: Leaves, after: Leaves): DocumentDifferences {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const found = paths.flatMap((path) => {
    const [old, next] = [textOf(before.get(path)), textOf(after.get(path))];
    const documents = old === undefined || next === undefined || old === next ? [] : compare(path, old, next);
    return documents.length === 0 ? [] : [{ path, documents }];
  });
  return {
    documents: found.flatMap(({ documents }) => documents).filter(({ lines }) => lines.length > 0),
    paths: new Set(found.map(({ path }) => path)),
  };
}

/** The text of a leaf, none for one that is not there; undefined for what is not a text that may be shown. */
function textOf(leaf: Leaf | undefined): string | undefined {
  if (leaf === undefined) return "";
  return leaf.kind === "known" && typeof leaf.raw === "string" ? leaf.raw : undefined;
}

function compare(path: string, before: string, after: string): readonly DocumentReport[] {
  if (encoded.includes(path)) return userDataDifferences(path, before, after);
  const [old, next] = [normalPolicy(before), normalPolicy(after)];
  if ((old ?? next) !== undefined) return [{ title: path, lines: lineDiff(old ?? before, next ?? after) }];
  if (!`${before}${after}`.includes("\n")) return [];
  return [{ title: path, lines: lineDiff(hideInText(before), hideInText(after)) }];
}

function userDataDifferences(path: string, before: string, after: string): readonly DocumentReport[] {
  const nothing: UserData = { text: "", document: undefined };
  const [old, next] = [before, after].map((text) => (text === "" ? nothing : readUserData(text)));
  if (old === undefined || next === undefined) return [];
  const boot = { title: `boot document (${path})`, lines: lineDiff(old.text, next.text) };
  // One side alone may be of a release whose form is not known here: half a comparison would mislead.
  const comparable = (before === "" || old.document !== undefined) && next.document !== undefined;
  if (!comparable) return [boot];
  const conf = (document: UserData["document"]) => (document === undefined ? "" : pgpoolConfOf(document));
  return [boot, { title: "pgpool.conf", lines: lineDiff(conf(old.document), conf(next.document)) }];
}

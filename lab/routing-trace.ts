import type { Consistency } from "../config/consistency";

/** A statement and the servers that got it. */
export interface Routed {
  readonly text: string;
  readonly servers: readonly ("writer" | "reader")[];
}

interface Logged {
  readonly at: string;
  readonly text: string;
}

/** Statements of one application in a server's log, which has `%m|%a|` in front of each line. */
function loggedBy(application: string, log: string): Logged[] {
  return log.split(/^(?=\d{4}-\d\d-\d\d )/m).flatMap((entry) => {
    const found = /^([^|]+)\|([^|]*)\|LOG:\s+(?:statement|execute [^:]*): (.*)$/s.exec(entry);
    if (found?.[2] !== application) return [];
    return [{ at: found[1] ?? "", text: (found[3] ?? "").replaceAll("\n\t", "\n").trim() }];
  });
}

/**
 * Where each statement went, in the order in which they were sent. Those that are not in the file are Pgpool-II's own
 * questions about tables, and left out.
 */
export function routingTrace(application: string, writerLog: string, readerLog: string, file: string): Routed[] {
  const of = (log: string): Logged[] => loggedBy(application, log).filter(({ text }) => file.includes(text));
  const [writer, reader] = [of(writerLog), of(readerLog)];
  const routed: Routed[] = [];
  let cursor = 0;
  while (writer.length > 0 || reader.length > 0) {
    const servers = next(writer, reader, file.slice(cursor));
    const text = (servers.includes("writer") ? writer[0] : reader[0])?.text ?? "";
    if (servers.includes("writer")) writer.shift();
    if (servers.includes("reader")) reader.shift();
    cursor += Math.max(file.slice(cursor).indexOf(text), 0) + text.length;
    routed.push({ text, servers });
  }
  return routed;
}

/** Which server's next statement came first: the file tells, since the clocks of logs are coarse. */
function next(writer: readonly Logged[], reader: readonly Logged[], file: string): Routed["servers"] {
  const [w, r] = [writer[0], reader[0]];
  if (w === undefined) return ["reader"];
  if (r === undefined) return ["writer"];
  if (w.text === r.text && !isRead(w.text)) return ["writer", "reader"];
  const [inFile, other] = [file.indexOf(w.text), file.indexOf(r.text)];
  if (inFile !== other) return inFile < other ? ["writer"] : ["reader"];
  return w.at <= r.at ? ["writer"] : ["reader"];
}

const isRead = (text: string): boolean =>
  /^(\/\*.*?\*\/\s*|--.*\n\s*|\()*(select|with|table|values|show|copy)\b/is.test(text);
const isTransaction = (text: string): boolean =>
  /^(begin|start|commit|end|rollback|abort|savepoint|release)\b/i.test(text);

/** Why Pgpool-II sent a statement where it did, as far as what came before tells. */
export function reasonOf(trace: readonly Routed[], index: number, consistency: Consistency): string {
  const { text = "", servers = [] } = trace[index] ?? {};
  if (servers.length > 1) return "every server of the session has to know it";
  if (servers[0] === "reader") return "a read, and nothing before it asks for the writer";
  if (!isRead(text)) return "it writes, locks or changes the session";
  const before = trace.slice(0, index);
  const start = before.findLastIndex((routed) => /^(begin|start)\b/i.test(routed.text));
  const end = before.findLastIndex((routed) => /^(commit|end|rollback|abort)\b(?! to)/i.test(routed.text));
  const wrote = (from: number): boolean =>
    before.slice(from).some((routed) => !isRead(routed.text) && !isTransaction(routed.text));
  if (start > end && wrote(start)) return "a read, but its transaction has written";
  if (consistency !== "eventual" && wrote(0))
    return `a read, but the session has written (consistency: ${consistency})`;
  return "it may write or lock, or asks about a system catalog, a temporary or an unlogged table";
}

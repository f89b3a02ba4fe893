import { reasonOf, routingTrace } from "../../../lab/routing-trace";

const line = (statement: string, application = "mine"): string =>
  `2026-01-01 00:00:00.000 GMT|${application}|LOG:  statement: ${statement}\n`;
const file = "SELECT 1;\nBEGIN;\nSELECT 1;\nINSERT INTO t\nVALUES (1);\nSELECT 1;\nCOMMIT;\nSELECT 1;\n";
const writer = [line("BEGIN;"), line("INSERT INTO t\n\tVALUES (1);"), line("SELECT 1;"), line("COMMIT;")].join("");
const reader = [line("SELECT 1;"), line("BEGIN;"), line("SELECT 1;"), line("COMMIT;"), line("SELECT 1;")].join("");

test("joins what both servers got, and puts the rest into the order of the file though all clocks say the same", () => {
  const trace = routingTrace("mine", writer, reader, file);
  expect(trace.map(({ text, servers }) => `${servers.join("+")} ${text.replaceAll("\n", " ")}`)).toEqual([
    "reader SELECT 1;",
    "writer+reader BEGIN;",
    "reader SELECT 1;",
    "writer INSERT INTO t VALUES (1);",
    "writer SELECT 1;",
    "writer+reader COMMIT;",
    "reader SELECT 1;",
  ]);
});

test("leaves out what other applications sent, and Pgpool-II's own questions", () => {
  const own = line("SELECT count(*) FROM pg_catalog.pg_class");
  expect(routingTrace("mine", own + line("BEGIN;", "other"), line("SELECT 1;"), file)).toEqual([
    { text: "SELECT 1;", servers: ["reader"] },
  ]);
});

test("says why a read went to the writer", () => {
  const trace = routingTrace("mine", writer + line("SELECT 1;"), reader.replace(/(SELECT 1;\n)$/, "nothing\n"), file);
  const last = trace.length - 1;
  expect(reasonOf(trace, last, "strong")).toBe("a read, but the session has written (consistency: strong)");
  expect(reasonOf(trace, last, "eventual")).toMatch("system catalog");
  const inTransaction = trace.findIndex(({ text, servers }) => text === "SELECT 1;" && servers[0] === "writer");
  expect(reasonOf(trace, inTransaction, "eventual")).toBe("a read, but its transaction has written");
});

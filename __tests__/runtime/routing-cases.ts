/**
 * Where Pgpool-II sends a statement, for each level of consistency. Each row is one session: `→` stands between its
 * steps, and it is the last one whose server is told. `[extended]` sends parameters apart from the text, `[prepared]`
 * gives the statement a name, `[pipeline]` sends the steps without waiting for answers. `either` is where series of
 * Pgpool-II differ without harm.
 *
 * Two rows surprise: with strong consistency a SET counts as a write, so a driver that sends one after connecting reads
 * from the writer ever after; with eventual consistency a ROLLBACK TO makes Pgpool-II forget that the transaction wrote,
 * so that it misses its own write.
 */
export const routingTable = `
session                                                                  | strong | session-transactions | eventual
SELECT count(*) FROM item                                                | reader | reader | reader
/* from a tool */ SELECT count(*) FROM item                              | reader | reader | reader
   SELECT count(*) FROM item                                             | reader | reader | reader
-- first line ↵ SELECT count(*) FROM item                                | reader | reader | reader
WITH all_of AS (SELECT * FROM item) SELECT count(*) FROM all_of          | reader | reader | reader
SELECT count(*) FROM item UNION SELECT 1                                 | reader | reader | reader
TABLE item                                                               | reader | reader | reader
VALUES (1), (2)                                                          | reader | reader | reader
SELECT count(*) FROM item_view                                           | reader | reader | reader
SELECT twice(2)                                                          | reader | reader | reader
SELECT same(2)                                                           | reader | reader | reader
EXPLAIN SELECT * FROM item                                               | writer | writer | writer
SHOW work_mem                                                            | reader | reader | reader
COPY item TO STDOUT                                                      | reader | reader | reader
[extended] SELECT count(*) FROM item WHERE id > $1                       | reader | reader | reader
[prepared] SELECT count(*) FROM item WHERE id > $1                       | reader | reader | reader
BEGIN → SELECT count(*) FROM item                                        | reader | reader | reader
BEGIN READ ONLY → SELECT count(*) FROM item                              | reader | reader | reader
BEGIN → SELECT 1 → COMMIT → SELECT count(*) FROM item                    | reader | reader | reader
SET work_mem = '8MB' → SELECT count(*) FROM item                         | writer | reader | reader
SELECT count(*) FROM pg_class                                            | writer | writer | writer
SELECT now()                                                             | reader | reader | reader
SELECT random() < 2                                                      | writer | writer | writer
SELECT nextval('item_id_seq')                                            | writer | writer | writer
SELECT add_item('by function')                                           | writer | writer | writer
SELECT quietly_volatile()                                                | writer | writer | writer
SELECT pg_advisory_xact_lock(1)                                          | writer | writer | writer
SELECT set_config('work_mem', '8MB', false)                              | writer | writer | writer
SELECT count(*) FROM unlogged_item                                       | writer | writer | writer
SELECT * FROM item FOR UPDATE                                            | writer | writer | writer
SELECT * FROM item FOR SHARE                                             | writer | writer | writer
SELECT 1 AS one INTO TEMP made_by_select                                 | writer | writer | writer
CREATE TEMP TABLE made_as AS SELECT 1                                    | writer | writer | writer
INSERT INTO item (name) VALUES ('plain')                                 | writer | writer | writer
INSERT INTO item (name) VALUES ('plain') RETURNING id                    | writer | writer | writer
UPDATE item SET name = 'changed' WHERE id = 1                            | writer | writer | writer
DELETE FROM item WHERE id = -1                                           | writer | writer | writer
MERGE INTO item USING (SELECT -1 AS id) AS new ON item.id = new.id WHEN MATCHED THEN DELETE | writer | writer | writer
TRUNCATE scratch                                                         | writer | writer | writer
[extended] UPDATE item SET name = 'changed' WHERE id = $1                | writer | writer | writer
[prepared] UPDATE item SET name = 'changed' WHERE id = $1                | writer | writer | writer
WITH new AS (INSERT INTO item (name) VALUES ('cte') RETURNING id) SELECT * FROM new | writer | writer | writer
EXPLAIN ANALYZE INSERT INTO item (name) VALUES ('explained')             | writer | writer | writer
DO 'BEGIN PERFORM 1; END'                                                | writer | writer | writer
CALL add_by_procedure()                                                  | writer | writer | writer
LISTEN news                                                              | writer | writer | writer
NOTIFY news                                                              | writer | writer | writer
BEGIN → LOCK TABLE item IN SHARE MODE                                    | writer | writer | writer
VACUUM scratch                                                           | writer | writer | writer
CREATE TEMP TABLE mine (id int) → SELECT count(*) FROM mine              | writer | writer | writer
SELECT 1; INSERT INTO item (name) VALUES ('second')                      | writer | writer | writer
BEGIN → DECLARE here CURSOR FOR SELECT * FROM item                       | writer | writer | writer
BEGIN → DECLARE here CURSOR FOR SELECT * FROM item → FETCH 1 FROM here   | writer | writer | writer
BEGIN ISOLATION LEVEL SERIALIZABLE → SELECT count(*) FROM item           | writer | writer | writer
PREPARE by_sql AS SELECT count(*) FROM item → EXECUTE by_sql             | either | either | either
BEGIN → INSERT INTO item (name) VALUES ('a') → SELECT count(*) FROM item | writer | writer | writer
BEGIN → INSERT INTO item (name) VALUES ('a') → SAVEPOINT s → ROLLBACK TO s → SELECT count(*) FROM item | writer | writer | reader
[pipeline] INSERT INTO item (name) VALUES ('p') → SELECT count(*) FROM item | writer | reader | reader
INSERT INTO item (name) VALUES ('a') → SELECT count(*) FROM item         | writer | reader | reader
[extended] INSERT INTO item (name) VALUES ('a') → SELECT count(*) FROM item WHERE id > $1 | writer | reader | reader
SELECT add_item('by function') → SELECT count(*) FROM item               | writer | reader | reader
INSERT INTO item (name) VALUES ('a') → BEGIN → SELECT count(*) FROM item | writer | reader | reader
BEGIN → INSERT INTO item (name) VALUES ('a') → COMMIT → SELECT count(*) FROM item | writer | reader | reader
BEGIN → INSERT INTO item (name) VALUES ('a') → COMMIT → BEGIN → SELECT count(*) FROM item | writer | writer | reader
BEGIN → SELECT count(*) FROM item → INSERT INTO item (name) VALUES ('a') → SELECT count(*) FROM item | writer | writer | writer
BEGIN → INSERT INTO item (name) VALUES ('a') → ROLLBACK → BEGIN → SELECT count(*) FROM item | writer | writer | reader
`;

/** What the sessions need. */
export const routingSchema = `
CREATE TABLE item (id serial PRIMARY KEY, name text);
INSERT INTO item (name) VALUES ('first');
CREATE TABLE scratch (id int);
CREATE UNLOGGED TABLE unlogged_item (id int);
CREATE VIEW item_view AS SELECT * FROM item;
CREATE FUNCTION same(n int) RETURNS int IMMUTABLE LANGUAGE sql RETURN n;
CREATE FUNCTION twice(n int) RETURNS int STABLE LANGUAGE sql RETURN n * 2;
CREATE FUNCTION quietly_volatile() RETURNS int VOLATILE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE FUNCTION add_item(name text) RETURNS int VOLATILE LANGUAGE sql
  AS 'INSERT INTO item (name) VALUES (name) RETURNING id';
CREATE PROCEDURE add_by_procedure() LANGUAGE sql AS 'INSERT INTO item (name) VALUES (''by procedure'')';
`;

const modes = ["extended", "prepared", "pipeline"] as const;

export interface RoutingCase {
  readonly mode: "simple" | (typeof modes)[number];
  readonly steps: readonly string[];
  readonly session: string;
  readonly places: Readonly<Record<string, string>>;
}

/** The rows of the table. */
export function routingCases(): RoutingCase[] {
  const lines = routingTable.trim().split("\n");
  const [head = [], ...rows] = lines.map((line) => line.split(" | ").map((cell) => cell.trimEnd()));
  const levels = head.slice(1).map((name) => name.trim());
  return rows.map(([session = "", ...places]) => {
    const mode = modes.find((name) => session.startsWith(`[${name}] `)) ?? "simple";
    const text = mode === "simple" ? session : session.slice(mode.length + 3);
    return {
      session,
      mode,
      steps: text.split(" → ").map((step) => step.replaceAll("↵", "\n")),
      places: Object.fromEntries(places.map((place, index) => [levels[index] ?? "", place.trim()] as const)),
    };
  });
}

import { auroraHas, makeAurora } from "../../lab/aurora";
import { eventually, pause } from "../../lab/eventually";
import { Lab } from "../../lab/lab";

jest.setTimeout(120_000);
const lab = new Lab();
const { one, two, three } = lab.cluster.servers;

beforeAll(async () => {
  await lab.start();
});
afterAll(async () => {
  await lab.stop();
});

/** Times at which a server said that it does not know the function. */
const complaints = (): number => one.log.split("aurora_replica_status").length - 1;

test("a PostgreSQL that is not Aurora is asked once for each connection, and has no error in its log", async () => {
  await one.logStatements();
  await lab.node.startGuard();
  await pause(4000);
  expect(lab.node.metrics).toMatchObject({ aurora: null, answering: 2, failedActions: 0 });
  expect(complaints()).toBe(1);
  expect(one.log).not.toMatch(/ERROR: .*aurora_replica_status/);
});

test("a function of that name which a user has made is not run", async () => {
  await one.sql(
    `CREATE FUNCTION public.aurora_replica_status(OUT server_id text, OUT session_id text,
     OUT last_update_timestamp timestamptz) LANGUAGE sql AS $$ SELECT 'evil', 'MASTER_SESSION_ID', now() $$`,
  );
  await askAgain();
  expect(lab.node.metrics.aurora).toBeNull();
});

test("on Aurora it knows which servers there are and who is the writer, without those that are gone", async () => {
  await makeAurora(one);
  await auroraHas(one, [{ server: two }, { server: three, secondsOld: 600 }]);
  await askAgain();
  await eventually("it knows them", () => lab.node.metrics.aurora !== null, 5);
  expect(lab.node.metrics.aurora).toEqual({ writer: "one", readers: ["two"] });
  await auroraHas(one, [{ server: two }, { server: three }]);
  await eventually("it sees the new one", () => lab.node.metrics.aurora?.readers.includes("three") === true, 5);
  expect(lab.node.guard.output).toContain("Aurora's writer is one, its readers are three, two");
});

test("without a writer it asks a reader", async () => {
  await one.stop("fast");
  await eventually("the writer is silent", () => lab.node.metrics.silent === 1, 10);
  await eventually("a reader tells", () => lab.node.metrics.aurora !== null, 5);
  expect(lab.node.metrics.aurora).toEqual({ writer: "one", readers: ["three", "two"] });
  await one.start();
  await eventually("the writer answers", () => lab.node.metrics.silent === 0, 10);
});

/** Ends the guard's connection to the writer, so that the next one asks anew, and waits for that. */
async function askAgain(): Promise<void> {
  const before = complaints();
  await one.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pgpool-guard'");
  await eventually("it has asked again", () => complaints() > before, 10);
  await pause(2500);
}

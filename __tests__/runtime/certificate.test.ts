import { readFileSync, statSync } from "node:fs";
import { clientOf, refusal } from "../../lab/client";
import { eventually, pause } from "../../lab/eventually";
import { Lab } from "../../lab/lab";
import { idsOf, run } from "../../lab/machine";
import { parsePgpoolVersion } from "../../pgpool/version";
import { reloadsCertificate } from "../../agent/server-identity";
import { opensslCertificate } from "../support/certificates";

jest.setTimeout(120_000);
const lab = new Lab();
const alice = { user: "alice", password: "correct horse" };
const name = "pgpool-aurora-lab";
const [first, second] = [opensslCertificate(name), opensslCertificate(name)];
const secretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:certificate-AbCdEf";

beforeAll(async () => {
  lab.secret.certificate = first;
  await lab.start({ certificate: { kind: "secret", secretArn } });
  await lab.cluster.setPassword(alice.user, alice.password);
});
afterAll(async () => {
  await lab.stop();
});

/** Whether new clients are shown this certificate: another one they refuse. */
const shows = async ({ certificate }: typeof first): Promise<boolean> => {
  const message = await refusal(lab.node, { ...alice, ssl: { ca: certificate, servername: name } });
  return message === "not refused";
};
const refresh = async (): Promise<string> => await lab.node.agent("refresh", "--give-up-after", "5");

test("clients verify the certificate of the secret, and its name", async () => {
  expect(await shows(first)).toBe(true);
  expect(await shows(second)).toBe(false);
  const other = { ca: first.certificate, servername: "db.example.com" };
  expect(await refusal(lab.node, { ...alice, ssl: other })).toMatch(/does not match/);
});

test("its key is for Pgpool-II's user only, in memory", () => {
  const { mode, uid } = statSync(lab.node.paths.serverKey);
  expect([mode & 0o777, uid]).toEqual([0o600, idsOf("pgpool").uid]);
  expect(readFileSync(lab.node.paths.serverKey, "utf8").trim()).toBe(first.privateKey.trim());
});

test("another certificate waits for the node's turn, and one that is not good is not taken", async () => {
  lab.secret.certificate = second;
  lab.secret.certificateCreated = new Date(Date.now() + 86_400_000);
  await refresh();
  lab.secret.certificateCreated = new Date(0);
  lab.secret.certificate = { ...second, privateKey: first.privateKey };
  await refresh();
  expect(lab.node.certificate.trim()).toBe(first.certificate.trim());
  expect(await shows(first)).toBe(true);
});

test("a reload is enough from Pgpool-II 4.8 on; before, it goes on showing the old one, and sessions go on", async () => {
  const { stderr, stdout } = await run("pgpool", ["--version"]);
  const session = clientOf(lab.node, alice);
  await session.connect();
  lab.node.write(lab.node.paths.serverCertificate, second.certificate);
  lab.node.write(lab.node.paths.serverKey, second.privateKey);
  lab.node.pgpool.kill("SIGHUP");
  await pause(2000);
  const reloads = reloadsCertificate(parsePgpoolVersion(stderr + stdout));
  expect([await shows(first), await shows(second)]).toEqual([!reloads, reloads]);
  await expect(session.query("SELECT 1 AS one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
  await session.end();
  lab.node.write(lab.node.paths.serverCertificate, first.certificate);
  lab.node.write(lab.node.paths.serverKey, first.privateKey);
});

test("when it is the node's turn, new clients are shown the new one", async () => {
  lab.secret.certificate = second;
  await refresh();
  await eventually("the new certificate is shown", async () => await shows(second));
  expect(await shows(first)).toBe(false);
});

import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { Lab } from "../../lab/lab";
import { must } from "../../lab/machine";
import { labDocument } from "../../lab/node";
import { database, password, roles, scramSecret } from "./logins";

/** Branches of pgbench's bank: 100,000 accounts each, 15 MB. */
const scale = 10;

/** The lab with a node for 80 clients, pgbench's tables, and servers that keep all of them in memory. */
export async function prepare(): Promise<Lab> {
  const lab = new Lab();
  const { settings } = labDocument({});
  await lab.start({ settings: { ...settings, num_init_children: 80 } });
  const { one, two, three } = lab.cluster.servers;
  // Nobody reads from it, and it would take its share of the machine.
  await three.stop("fast");
  // The replica first: it may not have less than its primary.
  for (const server of [two, one]) {
    for (const [name, value] of [
      ["shared_buffers", "256MB"],
      ["max_connections", "500"],
    ] as const) {
      await server.set(name, value);
    }
    // The replaced system's connections are clear text, which no server of the lab takes otherwise.
    appendFileSync(join(server.data, "pg_hba.conf"), `hostnossl ${database} all 127.0.0.0/8 scram-sha-256\n`);
    await server.stop("fast");
    await server.start();
  }
  const { steady, reconnecting } = roles;
  await lab.cluster.setPassword(reconnecting, password);
  await one.sql(`CREATE ROLE ${steady} LOGIN PASSWORD '${scramSecret(1)}'`);
  await one.sql(`CREATE DATABASE ${database} OWNER ${steady}`);
  const connection = `host=${one.address} user=${steady} dbname=${database} sslmode=require`;
  const environment = { PGPASSWORD: password };
  await must("pgbench", ["-i", "-q", "-s", String(scale), connection], { environment });
  await one.sql(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${reconnecting}`, database);
  await one.sql("VACUUM ANALYZE; CHECKPOINT", database);
  await lab.cluster.caughtUp();
  await lab.node.startGuard();
  return lab;
}

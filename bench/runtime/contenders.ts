import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { balancingAfterWrite } from "../../config/consistency";
import { ports } from "../../config/ports";
import { readerEndpoint, writerEndpoint } from "../../lab/endpoints";
import type { Lab } from "../../lab/lab";
import type { Cell } from "./cells";
import { type Changes, changeSettings, startPgpool, startVariant } from "./pgpool-variant";
import { startPgbouncer } from "./pgbouncer";

/** One way from a client to the database. */
export interface Contender {
  readonly name: string;
  readonly says: string;
  /** libpq's connection string, without user and secret. */
  readonly connection: string;
  /** The process that all of the pooler's are children of; absent where there is no pooler. */
  readonly pid?: number;
  /** Cells in which it may differ from "ours"; all of them when absent. */
  readonly measures?: (cell: Cell) => boolean;
}

/** Kerberos would cost each new connection a question; no way to the database has it. */
const base = (port: number): string => `host=127.0.0.1 port=${port} gssencmode=disable`;
const clear = (port: number): string => `${base(port)} sslmode=disable`;

/** The client checks the certificate. */
const tls = (port: number, lab: Lab): string =>
  `${base(port)} sslmode=verify-ca sslrootcert=${lab.node.paths.serverCertificate}`;

const checked = (lab: Lab): string =>
  `host=${writerEndpoint} port=${ports.postgresql} gssencmode=disable sslmode=verify-full ` +
  `sslrootcert=${lab.node.paths.databaseCertificates}`;

/** pool_hba.conf that lets clients in without TLS: to see what that costs, and nothing else. */
const openHba = "host all all 127.0.0.0/8 password\n";

/** Starts everything that is compared. */
export async function contenders(lab: Lab, changes: Changes): Promise<Contender[]> {
  const { node } = lab;
  const at = async (name: string, port: number, says: string, own: Changes, measures?: Contender["measures"]) => {
    const { pid } = await startVariant(node, name, port, own);
    return { name, says, connection: tls(port, lab), pid, measures };
  };
  const writes = ({ workload }: Cell): boolean => workload === "tpcb-like";
  const pooled = ({ workload, clients }: Cell): boolean =>
    (workload === "select" || workload === "tpcb-like") && clients === 16;
  const replaced = changeSettings(readFileSync(resolve("bench/runtime/replaced.conf"), "utf8"), {
    backend_hostname0: `'${writerEndpoint}'`,
    backend_hostname1: `'${readerEndpoint}'`,
  });
  return [
    { name: "direct", says: "no pooler, TLS", connection: checked(lab) },
    { name: "ours", says: "as rendered, strong", connection: tls(ports.pgpool, lab), pid: node.pgpool.pid },
    {
      name: "replaced",
      says: "the replaced system's, clear text",
      connection: clear(7001),
      pid: (await startPgpool("replaced", 7001, replaced, "", node.paths)).pid,
    },
    {
      name: "pgbouncer",
      says: "session pooling, TLS",
      connection: tls(7002, lab),
      pid: (await startPgbouncer(lab, "pgbouncer", 7002, "session")).pid,
    },
    {
      name: "pgbouncer-transaction",
      says: "transaction pooling, TLS",
      connection: tls(7003, lab),
      pid: (await startPgbouncer(lab, "pgbouncer-transaction", 7003, "transaction")).pid,
      measures: pooled,
    },
    await at(
      "session-transactions",
      7004,
      "ours with that consistency",
      { disable_load_balance_on_write: `'${balancingAfterWrite["session-transactions"]}'` },
      writes,
    ),
    await at(
      "eventual",
      7005,
      "ours with that consistency",
      { disable_load_balance_on_write: `'${balancingAfterWrite.eventual}'` },
      writes,
    ),
    await at(
      "cached",
      7006,
      "ours with connection_cache, which is refused",
      { connection_cache: "on" },
      ({ workload }) => workload === "reconnect",
    ),
    ...(Object.keys(changes).length === 0 ? [] : [await at("changed", 7007, "ours with the changes", changes)]),
  ];
}

/** The same Pgpool-II with less TLS than the node allows, to see what TLS costs. */
export async function withoutTls(lab: Lab): Promise<Contender[]> {
  const start = async (name: string, port: number, says: string, own: Changes): Promise<Contender> => {
    const { pid } = await startVariant(lab.node, name, port, own, openHba);
    return { name, says, connection: clear(port), pid };
  };
  return [
    await start("clear-client", 7008, "ours, clients in clear text (refused: pool_hba.conf has hostssl only)", {}),
    await start("clear-both", 7009, "ours, clear text on both sides (refused: ssl = on is fixed)", { ssl: "off" }),
  ];
}

import { mkdirSync, chownSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { idsOf } from "../../lab/machine";
import type { PoolerNode } from "../../lab/node";
import { Background } from "./background";

/** Settings by name, as pgpool.conf has them. */
export type Changes = Readonly<Record<string, string>>;

/** A pgpool.conf with other values for some settings. */
export function changeSettings(conf: string, changes: Changes): string {
  const kept = conf.split("\n").filter((line) => !((/^\w+(?= =)/.exec(line)?.[0] ?? "") in changes));
  return [...kept, ...Object.entries(changes).map(([name, value]) => `${name} = ${value}`), ""].join("\n");
}

/** Starts a Pgpool-II beside the node's own, with port and files of its own. */
export async function startPgpool(name: string, port: number, conf: string, hba: string, keys: PoolerNode["paths"]) {
  const pooler = new Background(name);
  const sockets = join(pooler.folder, "sockets");
  mkdirSync(sockets);
  const { uid, gid } = idsOf("pgpool");
  chownSync(sockets, uid, gid);
  const places = ["unix_socket_directories", "socket_dir", "pcp_socket_dir", "work_dir", "logdir", "log_directory"];
  const known = places.filter((place) => new RegExp(`^${place} =`, "m").test(conf));
  const own = Object.fromEntries(known.map((place) => [place, `'${sockets}'`]));
  const changed = changeSettings(conf, { ...own, port: String(port), pid_file_name: `'${sockets}/pgpool.pid'` });
  const files = [pooler.write("pgpool.conf", changed), pooler.write("pool_hba.conf", hba)] as const;
  const command = ["pgpool", "-n", "-D", "-f", files[0], "-F", keys.pcpConf, "-a", files[1]] as const;
  await pooler.start(port, [...command], { PGPOOLKEYFILE: keys.poolKey });
  return pooler;
}

/** Starts a Pgpool-II with the node's files, but for some settings. */
export async function startVariant(node: PoolerNode, name: string, port: number, changes: Changes, hba?: string) {
  const { paths } = node;
  const conf = changeSettings(readFileSync(paths.pgpoolConf, "utf8"), changes);
  return await startPgpool(name, port, conf, hba ?? readFileSync(paths.poolHba, "utf8"), paths);
}

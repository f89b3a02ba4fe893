import type { BootDocument } from "../config/boot-document";
import { ports } from "../config/ports";
import { writtenSettings } from "../pgpool/compare-settings";
import { encryptPassword } from "../pgpool/encrypt-password";
import { nodeSite } from "../pgpool/node-site";
import { renderPasswordFile, renderPcpConf } from "../pgpool/password-files";
import type { NodePaths } from "../pgpool/paths";
import { pcpPort, pcpUser } from "../pgpool/pcp";
import { renderPgdoctorCfg } from "../pgpool/pgdoctor-cfg";
import { renderPgpoolConf } from "../pgpool/pgpool-conf";
import { renderPoolHba } from "../pgpool/pool-hba";
import type { PgpoolVersion } from "../pgpool/version";
import type { ServerIdentity } from "./certificate";
import { renderGuardSettings } from "./guard/guard-settings";
import type { HealthUser } from "./health-user";
import type { NodeKeys } from "./node-keys";
import { findUser, root } from "./users";
import type { NodeFile } from "./write-files";

/** What the files are made of. */
export interface NodeFacts {
  readonly paths: NodePaths;
  readonly document: BootDocument;
  readonly healthUser: HealthUser;
  readonly keys: NodeKeys;
  readonly identity: ServerIdentity;
  readonly version: PgpoolVersion;
}

/**
 * Every file that Pgpool-II, pgdoctor and the agent read on a node, each only for the user who needs it.
 *
 * @throws for a value that one of the files cannot hold.
 */
export function nodeFiles({ paths, document, healthUser, keys, identity, version }: NodeFacts): NodeFile[] {
  const pgpool = findUser(paths.users, "pgpool");
  const pgdoctor = findUser(paths.users, "pgdoctor");
  const agent = findUser(paths.users, "pgpool-agent");
  const { username, password } = healthUser;
  const { healthDatabase: database, settings } = document;
  const healthPassword = encryptPassword(password, keys.poolKey);
  const pgpoolConf = renderPgpoolConf(version, nodeSite(document, { paths, healthUser: username, healthPassword }));
  const onSocket = { host: paths.sockets, port: ports.pgpool, database, user: username, password };
  const overPcp = { host: paths.sockets, port: pcpPort, user: pcpUser, password: keys.pcpPassword };
  const guard = {
    writerEndpoint: document.writerEndpoint,
    readerEndpoint: document.readerEndpoint,
    readers: settings.readers,
    port: ports.postgresql,
    database,
    user: username,
    password,
    expected: writtenSettings(pgpoolConf),
  };
  const secret = { mode: 0o600 };
  return [
    { path: paths.poolKey, content: `${keys.poolKey}\n`, owner: pgpool, ...secret },
    { path: paths.pgpoolConf, content: pgpoolConf, owner: pgpool, ...secret },
    { path: paths.poolHba, content: renderPoolHba(database, username), owner: pgpool, ...secret },
    { path: paths.pcpConf, content: renderPcpConf(pcpUser, keys.pcpPassword), owner: pgpool, ...secret },
    { path: paths.serverKey, content: identity.key, owner: pgpool, ...secret },
    { path: paths.serverCertificate, content: identity.certificate, owner: pgpool, mode: 0o644 },
    {
      path: paths.pgdoctorCfg,
      content: renderPgdoctorCfg({ sockets: paths.sockets, user: username, database }),
      owner: pgdoctor,
      ...secret,
    },
    { path: paths.pgdoctorPassword, content: renderPasswordFile(onSocket), owner: pgdoctor, ...secret },
    { path: paths.pcpPassword, content: renderPasswordFile(overPcp), owner: root, ...secret },
    { path: paths.guardPcpPassword, content: renderPasswordFile(overPcp), owner: agent, ...secret },
    { path: paths.guardSettings, content: renderGuardSettings(guard), owner: agent, ...secret },
  ];
}

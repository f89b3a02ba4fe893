import { join } from "node:path";
import { bootDocumentPath } from "../config/boot-document-path";

/** Where things are on a node. */
export type NodePaths = ReturnType<typeof nodePaths>;

/**
 * The paths of a node. What the agent writes is on tmpfs: no secret reaches the disk, and a reboot starts afresh.
 *
 * @param root - Folder that everything is under; "/" on a node, another one in tests.
 */
export function nodePaths(root: string) {
  const run = join(root, "run/pgpool-aurora");
  return {
    bootDocument: join(root, bootDocumentPath),
    /** Certificates that the database's own must be signed by; the image brings them. */
    databaseCertificates: join(root, "usr/local/share/pgpool-aurora/database-ca.pem"),
    users: join(root, "etc/passwd"),
    /** Sockets of Pgpool-II; only its group may enter. */
    sockets: join(root, "run/pgpool"),
    run,
    pgpoolConf: join(run, "pgpool.conf"),
    /** Readers as backends of their own; pgpool.conf includes it. */
    readersConf: join(run, "readers.conf"),
    poolHba: join(run, "pool_hba.conf"),
    pcpConf: join(run, "pcp.conf"),
    poolKey: join(run, "pool.key"),
    serverCertificate: join(run, "server.crt"),
    serverKey: join(run, "server.key"),
    pgdoctorCfg: join(run, "pgdoctor.cfg"),
    pgdoctorPassword: join(run, "pgdoctor.pgpass"),
    pcpPassword: join(run, "agent.pcppass"),
    guardSettings: join(run, "guard.json"),
    guardPcpPassword: join(run, "guard.pcppass"),
    /** What the guard has seen; the folder is its own. */
    guardMetrics: join(root, "run/pgpool-guard/metrics.json"),
    /** Instances that the guard has found. */
    wantedReaders: join(root, "run/pgpool-guard/readers.json"),
    cloudWatchAgent: join(run, "amazon-cloudwatch-agent.json"),
    /** What the journal says of our units, for the CloudWatch agent, which cannot read the journal, and the guard. */
    log: join(root, "var/log/pgpool-aurora/node.log"),
  } as const;
}

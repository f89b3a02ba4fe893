import type { BootDocument } from "../../config/boot-document";
import { ports } from "../../config/ports";
import { nodePaths } from "../../pgpool/paths";
import { renderPgpoolConf } from "../../pgpool/pgpool-conf";
import { parsePgpoolVersion } from "../../pgpool/version";

/** The series of Pgpool-II for which the file is rendered: the newest that its settings are known for. */
const version = parsePgpoolVersion("4.7");

/** What a node learns from the secret only; the same before and after, so it is in no difference. */
const knownOnTheNode = { healthUser: "known-on-the-node", healthPassword: "known-on-the-node" };

/** pgpool.conf as a node makes it from its boot document, but for what it takes from the secret. */
export const pgpoolConfOf = ({ settings, ...document }: BootDocument): string =>
  renderPgpoolConf(version, {
    ...knownOnTheNode,
    paths: nodePaths("/"),
    writerEndpoint: document.writerEndpoint,
    readerEndpoint: document.readerEndpoint,
    databasePort: ports.postgresql,
    healthDatabase: document.healthDatabase,
    children: settings.num_init_children,
    tunables: settings.tunables,
    consistency: settings.session_consistency,
    clientIdleLimit: settings.client_idle_limit,
  });

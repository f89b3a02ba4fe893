import type { BootDocument } from "../../config/boot-document";
import { nodeSite } from "../../pgpool/node-site";
import { nodePaths } from "../../pgpool/paths";
import { renderPgpoolConf } from "../../pgpool/pgpool-conf";
import { parsePgpoolVersion } from "../../pgpool/version";

/** The series of Pgpool-II for which the file is rendered: the newest that its settings are known for. */
const version = parsePgpoolVersion("4.7");

/** What a node learns from the secret only; the same before and after, so it is in no difference. */
const knownOnTheNode = { healthUser: "known-on-the-node", healthPassword: "known-on-the-node" };

/** pgpool.conf as a node makes it from its boot document, but for what it takes from the secret. */
export const pgpoolConfOf = (document: BootDocument): string =>
  renderPgpoolConf(version, nodeSite(document, { ...knownOnTheNode, paths: nodePaths("/") }));

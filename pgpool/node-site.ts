import type { BootDocument } from "../config/boot-document";
import { ports } from "../config/ports";
import type { Site } from "./site";

/** What the boot document does not hold: where the node keeps its files, and whom it logs in as. */
type OfTheNode = Pick<Site, "paths" | "healthUser" | "healthPassword">;

/** What pgpool.conf of a node takes from its boot document. */
export const nodeSite = ({ settings, ...document }: BootDocument, ofTheNode: OfTheNode): Site => ({
  ...ofTheNode,
  writerEndpoint: document.writerEndpoint,
  readerEndpoint: document.readerEndpoint,
  readers: settings.readers,
  databasePort: ports.postgresql,
  healthDatabase: document.healthDatabase,
  children: settings.num_init_children,
  tunables: settings.tunables,
  consistency: settings.session_consistency,
  clientIdleLimit: settings.client_idle_limit,
});

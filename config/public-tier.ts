import type { Settings } from "./schema/environment";
import type { Exposure } from "./schema/pgpool";

/** Whether the load balancer has public addresses. */
export const isPublic = ({ kind }: Exposure): boolean => kind !== "private";

/** Whether a new network has a public tier: only when NAT gateways or a public load balancer stand in it. */
export const hasPublicTier = ({ network, pgpool }: Pick<Settings, "network" | "pgpool">): boolean =>
  network.kind === "new" && (network.nat !== "none" || isPublic(pgpool.exposure));

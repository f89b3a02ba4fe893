import { boot, type Written } from "./boot";
import { type Host, messageOf } from "./host";
import { attachReader } from "./pcp";
import type { RetryLimits } from "./retry";

/**
 * Follows the secret: writes what has changed, and has Pgpool-II reload only then.
 *
 * @throws what {@link boot} throws; the files of before stay, and Pgpool-II goes on with them.
 */
export async function refresh(host: Host, limits: RetryLimits): Promise<Written> {
  const written = await boot(host, limits);
  if (written.told.includes("pgpool.service")) {
    try {
      // Its health check has failed since the rotation, and Pgpool-II never takes a reader back by itself.
      if (await attachReader(host)) host.log("reader attached again");
    } catch (error) {
      host.log(`reader not attached: ${messageOf(error)}`);
    }
  }
  return written;
}

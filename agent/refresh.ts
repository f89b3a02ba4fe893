import { boot, type Written } from "./boot";
import { type Host, messageOf } from "./host";
import { attachReader } from "./pcp";
import { loadDocument } from "./read-document";
import type { RetryLimits } from "./retry";

/** The health check needs this long to fail for the last time with the old password: two periods, and its retry. */
const checks = 3;
const pauseMilliseconds = 2000;

/**
 * Follows the secret: writes what has changed, and has Pgpool-II reload only then.
 *
 * @throws what {@link boot} throws; the files of before stay, and Pgpool-II goes on with them.
 */
export async function refresh(host: Host, limits: RetryLimits): Promise<Written> {
  const written = await boot(host, limits);
  // Where each reader has its own backend, only the guard detaches and attaches.
  const { readers } = loadDocument(host.paths.bootDocument).settings;
  if (written.told.includes("pgpool.service") && readers === "endpoint") await keepReader(host);
  return written;
}

/** Between rotation and reload a health check cannot log in: Pgpool-II detaches the reader, and never takes it back. */
async function keepReader(host: Host): Promise<void> {
  for (let count = 0; count < checks; count += 1) {
    await host.sleep(pauseMilliseconds);
    try {
      if (await attachReader(host)) host.log("reader attached again");
    } catch (error) {
      host.log(`reader not attached: ${messageOf(error)}`);
    }
  }
}

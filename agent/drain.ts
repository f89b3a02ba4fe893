import { loadDocument } from "./read-document";
import { type Host, messageOf } from "./host";
import { isRunning, sessions } from "./pcp";
import { runCommand } from "./run-command";

/**
 * Time in which the load balancer surely sends no new client any more: three failed checks, 10 s apart, and the time
 * until the last of them is given up. Until then new clients are still served, not turned away.
 */
const settleSeconds = 40;
const pauseSeconds = 1;

/**
 * Lets this node's sessions end: turns the health check red, waits until the load balancer has noticed and no session
 * is left, or until the limit of the boot document has passed. Whatever is left then is ended by who called.
 *
 * @returns the sessions that are left.
 */
export async function drain(host: Host, settle = settleSeconds): Promise<number> {
  const { drainTimeoutSeconds: limit } = loadDocument(host.paths.bootDocument);
  if (!isRunning(host)) {
    host.log("Pgpool-II does not run: there is no session to wait for");
    return 0;
  }
  // Nothing answers on its port then: the load balancer counts that as unhealthy.
  await runCommand(host, ["systemctl", "stop", "pgdoctor.service"], { seconds: 30 });
  const start = host.now();
  const spent = (): number => (host.now() - start) / 1000;
  host.log(`health check is red; waiting for sessions, at most ${limit} s`);
  let left = await used(host);
  while (spent() < limit && isRunning(host) && (left > 0 || spent() < settle)) {
    await host.sleep(pauseSeconds * 1000);
    left = await used(host);
  }
  const how = left === 0 ? "every session has ended" : `the limit has passed, ${left} sessions are left`;
  host.log(`${how} after ${Math.round(spent())} s`);
  return left;
}

/** Sessions in use. When Pgpool-II cannot say, one is assumed: a session must not be cut because nobody answered. */
async function used(host: Host): Promise<number> {
  if (!isRunning(host)) return 0;
  try {
    return (await sessions(host)).used;
  } catch (error) {
    host.log(messageOf(error));
    return isRunning(host) ? 1 : 0;
  }
}

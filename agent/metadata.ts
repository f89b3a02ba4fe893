import { AgentError, type Host, messageOf } from "./host";

const limitMilliseconds = 2000;

/**
 * A value of the instance metadata service (version 2).
 *
 * @returns undefined when the service has no such value.
 * @throws {@link AgentError} when it does not answer.
 */
export async function metadata({ metadataEndpoint }: Host, name: string): Promise<string | undefined> {
  const ask = async (path: string, method: string, headers: Record<string, string>): Promise<Response> =>
    await fetch(`${metadataEndpoint}/latest/${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(limitMilliseconds),
    });
  try {
    const token = await ask("api/token", "PUT", { "X-aws-ec2-metadata-token-ttl-seconds": "60" });
    if (!token.ok) throw new Error(`no token (HTTP ${token.status})`);
    const answer = await ask(`meta-data/${name}`, "GET", { "X-aws-ec2-metadata-token": await token.text() });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return (await answer.text()).trim();
  } catch (error) {
    throw new AgentError(`the instance metadata service does not tell ${name}: ${messageOf(error)}`);
  }
}

/**
 * This instance's id.
 *
 * @throws {@link AgentError} when it cannot be known.
 */
export const instanceId = async (host: Host): Promise<string> => await needed(host, "instance-id");

/**
 * The region that this instance is in.
 *
 * @throws {@link AgentError} when it cannot be known.
 */
export const region = async (host: Host): Promise<string> => await needed(host, "placement/region");

/** Whether the scaling group wants this node gone. */
export const isTerminated = async (host: Host): Promise<boolean> =>
  (await metadata(host, "autoscaling/target-lifecycle-state")) === "Terminated";

async function needed(host: Host, name: string): Promise<string> {
  const value = await metadata(host, name);
  if (value === undefined) throw new AgentError(`the instance metadata service has no ${name}`);
  return value;
}

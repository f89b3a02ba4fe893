import { request } from "node:http";
import { AgentError, type Host, messageOf } from "./host";

const limitMilliseconds = 2000;

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * A value of the instance metadata service (version 2).
 *
 * @returns undefined when the service has no such value.
 * @throws {@link AgentError} when it does not answer.
 */
export async function metadata({ metadataEndpoint }: Host, name: string): Promise<string | undefined> {
  const latest = `${metadataEndpoint}/latest`;
  try {
    const token = await ask(`${latest}/api/token`, "PUT", { "X-aws-ec2-metadata-token-ttl-seconds": "60" });
    if (token.status !== 200) throw new Error(`no token (HTTP ${token.status})`);
    const { status, text } = await ask(`${latest}/meta-data/${name}`, "GET", {
      "X-aws-ec2-metadata-token": token.text,
    });
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`HTTP ${status}`);
    return text.trim();
  } catch (error) {
    throw new AgentError(`the instance metadata service does not tell ${name}: ${messageOf(error)}`);
  }
}

/** Not `fetch`, which costs 30 MB: the command that watches for the end of the node runs every few seconds. */
const ask = async (url: string, method: string, headers: Readonly<Record<string, string>>): Promise<Answer> =>
  await new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(limitMilliseconds);
    request(url, { method, headers, signal }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
      response.on("error", reject);
    })
      .on("error", reject)
      .end();
  });

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

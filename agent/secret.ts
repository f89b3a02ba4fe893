import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type Host, textOf } from "./host";
import { retry, type RetryLimits } from "./retry";

/** What Secrets Manager has, and since when. */
export interface Secret {
  readonly text: string | undefined;
  readonly created: Date | undefined;
}

/** How messages name a secret. */
export const secretName = (arn: string): string => `secret ${arn}`;

/** Errors of Secrets Manager that stay the same however often one asks. A denied access may be a role that is new. */
const finalErrors = ["ResourceNotFoundException", "InvalidParameterException", "InvalidRequestException"];

/** A secret that is there and has no value yet is one that db:bootstrap is still to write: that is worth a wait. */
const isFinal = (error: unknown): boolean =>
  finalErrors.includes(textOf(error, "name") ?? "") && textOf(error, "message")?.includes("staging label") !== true;

/**
 * A secret, read with the instance's role.
 *
 * @throws AgentError when it cannot be had in time.
 */
export async function fetchSecret(host: Host, region: string, arn: string, limits: RetryLimits): Promise<Secret> {
  // One attempt each: retry() waits, and says why.
  const client = new SecretsManagerClient({ region, maxAttempts: 1 });
  const run = (abortSignal: AbortSignal) => client.send(new GetSecretValueCommand({ SecretId: arn }), { abortSignal });
  try {
    const { SecretString, CreatedDate } = await retry(host, { what: secretName(arn), run, isFinal }, limits);
    return { text: SecretString, created: CreatedDate };
  } finally {
    client.destroy();
  }
}

import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import type { BootDocument } from "../config/boot-document";
import { AgentError, type Host, textOf } from "./host";
import { retry, type RetryLimits } from "./retry";

/** The database user that health checks log in as. */
export interface HealthUser {
  readonly username: string;
  readonly password: string;
}

const healthUserSchema = z.object({
  username: z
    .string("username is missing or no text")
    .regex(/^[A-Za-z_][\w.$@-]{0,62}$/, "username must be 1 to 63 letters, digits or _.$@-, starting with a letter"),
  password: z
    .string("password is missing or no text")
    .min(1, "password is empty")
    .regex(/^\P{Cc}*$/u, "password has a line break or another control character, which no password file can hold")
    .refine((text) => Buffer.byteLength(text) <= 127, "password has more than 127 bytes, which Pgpool-II would cut"),
});

/** Errors of Secrets Manager that stay the same however often one asks. A denied access may be a role that is new. */
const finalErrors = ["ResourceNotFoundException", "InvalidParameterException", "InvalidRequestException"];

/** A secret that is there and has no value yet is one that db:bootstrap is still to write: that is worth a wait. */
const isFinal = (error: unknown): boolean =>
  finalErrors.includes(textOf(error, "name") ?? "") && !/staging label/.test(textOf(error, "message") ?? "");

/**
 * The health user from the secret, read with the instance's role.
 *
 * @throws {@link AgentError} when the secret cannot be had in time, or is no user; never with anything of its value.
 */
export async function fetchHealthUser(
  host: Host,
  { region, secretArn }: BootDocument,
  limits: RetryLimits,
): Promise<HealthUser> {
  // One attempt each: retry() below waits, and says why.
  const client = new SecretsManagerClient({ region, maxAttempts: 1 });
  try {
    const what = `secret ${secretArn}`;
    const { SecretString: text } = await retry(
      host,
      {
        what,
        run: (abortSignal) => client.send(new GetSecretValueCommand({ SecretId: secretArn }), { abortSignal }),
        isFinal,
      },
      limits,
    );
    return parseHealthUser(what, text);
  } finally {
    client.destroy();
  }
}

/**
 * Reads a secret's text.
 *
 * @throws {@link AgentError} that says what is wrong with it, without any of it.
 */
export function parseHealthUser(what: string, text: string | undefined): HealthUser {
  let json: unknown;
  try {
    json = JSON.parse(text ?? "");
  } catch {
    // The parser's own message would quote the secret.
    throw new AgentError(`${what} is no JSON with username and password`);
  }
  const parsed = healthUserSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AgentError(`${what}: ${parsed.error.issues.map(({ message }) => message).join("; ")}`);
}

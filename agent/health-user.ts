import * as z from "zod";
import type { BootDocument } from "../config/boot-document";
import { AgentError, type Host } from "./host";
import type { RetryLimits } from "./retry";
import { fetchSecret, secretName } from "./secret";

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

/**
 * The health user from the secret.
 *
 * @throws {@link AgentError} when the secret cannot be had in time, or is no user; never with anything of its value.
 */
export async function fetchHealthUser(
  host: Host,
  { region, secretArn }: BootDocument,
  limits: RetryLimits,
): Promise<HealthUser> {
  const { text } = await fetchSecret(host, region, secretArn, limits);
  return parseHealthUser(secretName(secretArn), text);
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

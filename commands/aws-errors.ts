import { Refusal } from "./report-error";

interface AwsError extends Error {
  /** What S3 calls the error; for a socket, the system's code. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The HTTP status of an answer of AWS; undefined when the error is none. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof Error ? (error as AwsError).$metadata?.httpStatusCode : undefined;

/** Is this the error that AWS calls by one of these names? */
export const isCalled = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);

/**
 * What a person needs to read of an error of the AWS SDK, and what became of what was asked for.
 *
 * @returns the error itself when it is ours, not AWS's.
 */
export function refusal(error: unknown, consequence: string): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, code } = error as AwsError;
  if (isCalled(error, "CredentialsProviderError", "TokenProviderError")) {
    return new Refusal(`no AWS credentials (${message}): set AWS_PROFILE, or sign in; ${consequence}`);
  }
  if (statusOf(error) !== undefined) return new Refusal(`AWS refuses, ${name}: ${message}; ${consequence}`);
  if (code !== undefined) return new Refusal(`AWS cannot be reached (${message || code}); ${consequence}`);
  return error;
}

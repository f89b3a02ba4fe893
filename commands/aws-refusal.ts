import { Refusal } from "./report-error";

/** What a person needs to read of an error of the AWS SDK; the error itself when it is ours, not AWS's. */
export function awsRefusal(error: unknown, consequence: string): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message } = error;
  if (["CredentialsProviderError", "TokenProviderError"].includes(name)) {
    return new Refusal(`no AWS credentials (${message}): set AWS_PROFILE, or sign in; ${consequence}`);
  }
  if ("$metadata" in error) return new Refusal(`AWS refuses, ${name}: ${message}; ${consequence}`);
  return "code" in error ? new Refusal(`AWS cannot be reached (${message}); ${consequence}`) : error;
}

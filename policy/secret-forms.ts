/** Names of arguments that hold a secret, at the end of their path. */
export const secretArgument =
  /(^|[._])(password|passwd|secret|secret_string|private_key|access_key|secret_key|token)$/i;

/** Access keys of AWS, private keys, and tokens of common services, by their beginnings. */
export const knownForms = /\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_\w{20,}|\bxox[bp]-\w+/;

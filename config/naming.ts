/** What AWS accepts as a name: AWS General Reference, the "Name" constraint of each Create call. */
const rules = {
  "auto-scaling-group": { limit: 255, pattern: /^[\w.-]+$/ },
  "backup-vault": { limit: 50, pattern: /^[\w-]{2,}$/ },
  "cloudwatch-alarm": { limit: 255, pattern: /^[\w-]+$/ },
  "db-identifier": { limit: 63, pattern: /^[a-z](?:-?[a-z0-9])*$/ },
  "db-parameter-group": { limit: 255, pattern: /^[a-z](?:-?[a-z0-9])*$/ },
  "iam-role": { limit: 64, pattern: /^[\w+=,.@-]+$/ },
  "kms-alias": { limit: 250, pattern: /^[\w/-]+$/ },
  "launch-template": { limit: 128, pattern: /^[\w()./-]{3,}$/ },
  "load-balancer": { limit: 32, pattern: /^(?!internal-)[a-zA-Z0-9](?:-?[a-zA-Z0-9])*$/ },
  "log-group": { limit: 512, pattern: /^(?!aws\/)[\w./#-]+$/ },
  "metrics-namespace": { limit: 255, pattern: /^(?!AWS\/)[\w./#:-]+$/ },
  // A hyphen and six characters at the end would look like the suffix that Secrets Manager appends.
  secret: { limit: 512, pattern: /^(?!.*-[\w/+=.@]{6}$)[\w/+=.@-]+$/ },
  "security-group": { limit: 255, pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/ },
  "sns-topic": { limit: 256, pattern: /^[\w-]+$/ },
} as const;

/** A kind of AWS object whose names follow one rule. */
export type NameKind = keyof typeof rules;

/**
 * Joins the parts with hyphens into the name of an AWS object.
 *
 * @throws when AWS would reject the name: it is refused, never shortened, because two shortened names may collide.
 */
export function awsName(kind: NameKind, ...parts: readonly string[]): string {
  const name = parts.join("-");
  const { limit, pattern } = rules[kind];
  if (name.length > limit) {
    throw new Error(
      `${kind} name "${name}" has ${name.length} characters, AWS allows ${limit}: shorten the environment`,
    );
  }
  if (!pattern.test(name)) throw new Error(`${kind} name "${name}" is not of the form ${pattern.source}`);
  return name;
}

/** A name of an environment's things: `<environment>-pgpool[-part]`. */
export const environmentName = (kind: NameKind, environment: string, ...parts: readonly string[]): string =>
  awsName(kind, environment, "pgpool", ...parts);

/** The database cluster of an environment. */
export const clusterIdentifier = (environment: string): string => environmentName("db-identifier", environment);

/** The secret of an environment's dedicated health user. */
export const healthSecretName = (environment: string): string => environmentName("secret", environment, "health-user");

import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Construct } from "constructs";

export interface HealthSecretProps {
  readonly name: string;
  readonly keyArn: string;
  /** Keep a deleted secret for 30 days; otherwise its name is free again at once. */
  readonly deletionProtected: boolean;
}

/** The secret of the dedicated health user, without a value: db:bootstrap puts it, so that no state ever holds it. */
export class HealthSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, keyArn, deletionProtected }: HealthSecretProps) {
    super(scope, id);
    this.arn = new SecretsmanagerSecret(this, "secret", {
      name,
      description: "Health user of the Pgpool-II nodes; npm run db:bootstrap writes it",
      kmsKeyId: keyArn,
      recoveryWindowInDays: deletionProtected ? 30 : 0,
    }).arn;
  }
}

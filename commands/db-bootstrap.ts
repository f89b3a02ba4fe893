import { RDSClient } from "@aws-sdk/client-rds";
import { RDSDataClient } from "@aws-sdk/client-rds-data";
import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { environments } from "../config/environments/index";
import { loadEnvironment } from "../config/load-environment";
import { clusterIdentifier, healthSecretName } from "../config/naming";
import type { Environment } from "../config/schema/environment";
import { readArguments } from "./arguments";
import { isCalled, refusal } from "./aws-errors";
import { DataApi } from "./data-api";
import { findCluster } from "./database-cluster";
import { HealthSecret } from "./health-secret";
import { setUpHealthUser } from "./health-user";
import { Refusal, report } from "./report-error";

const help = `npm run db:bootstrap [-- --environment NAME] [--rotate]

Makes the dedicated health user of an environment's database, with a random password that only its secret holds, or
brings one that is there in line. It needs the database stack deployed, and no way into its network: it asks the RDS
Data API. Can be run again at any time; the second time it changes nothing, and a run that was cut off is finished.

  --environment NAME   one of ${Object.keys(environments).join(", ")}
                       (default: PGPOOL_ENVIRONMENT, or example)
  --rotate             give the user a new password; nodes follow within a minute
  --help               this text`;

/** The secret that the database stack has made, and nothing has to be in. */
async function findSecret(client: SecretsManagerClient, name: string): Promise<HealthSecret> {
  try {
    const { ARN = "" } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    return new HealthSecret(client, ARN);
  } catch (error) {
    if (!isCalled(error, "ResourceNotFoundException")) throw error;
    throw new Refusal(`secret ${name}: there is none; deploy the database stack first. Nothing was changed`);
  }
}

async function bootstrap(environment: Environment, username: string, rotate: boolean): Promise<void> {
  const { name, region, accountId } = environment;
  const identifier = clusterIdentifier(name);
  console.log(`Health user ${username} of cluster ${identifier} in ${region}`);
  const cluster = await findCluster(new RDSClient({ region }), identifier, accountId);
  const changed = await setUpHealthUser({
    database: new DataApi(new RDSDataClient({ region }), cluster.arn, cluster.masterSecretArn),
    secret: await findSecret(new SecretsManagerClient({ region }), healthSecretName(name)),
    username,
    rotate,
    progress: (step, result) => {
      console.log(`  ${step.padEnd(22)}${result}`);
    },
  });
  console.log(
    changed.length === 0 ? "\nIt was there already; nothing to change." : `\nChanged: ${changed.join(", ")}.`,
  );
}

async function main(): Promise<void> {
  const options = readArguments(help, ["environment"], ["rotate"]);
  if (options === undefined) return;
  const environment = loadEnvironment(options.environment ?? process.env.PGPOOL_ENVIRONMENT ?? "example");
  const { healthUser } = environment.database;
  if (healthUser.kind === "master") {
    console.log(`Environment ${environment.name} checks its health as the master user: there is nothing to set up.`);
    return;
  }
  try {
    await bootstrap(environment, healthUser.username, options.rotate === true);
  } catch (error) {
    throw refusal(error, "what is listed above is done; run the command again, and it goes on from there");
  }
}

main().catch(report);

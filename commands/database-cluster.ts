import { DescribeDBClustersCommand, type RDSClient } from "@aws-sdk/client-rds";
import { isCalled } from "./aws-errors";
import { Refusal } from "./report-error";

/** A cluster that statements can be sent to. */
export interface DatabaseCluster {
  readonly arn: string;
  readonly masterSecretArn: string;
}

/**
 * Looks a cluster up by its name.
 *
 * @param account - The account that it has to be in; undefined: that of the credentials.
 * @throws Refusal when it is not there, of another account, not running, or has no Data API.
 */
export async function findCluster(
  rds: RDSClient,
  identifier: string,
  account: string | undefined,
): Promise<DatabaseCluster> {
  const found = await rds
    .send(new DescribeDBClustersCommand({ DBClusterIdentifier: identifier }))
    .catch((error: unknown) => {
      if (isCalled(error, "DBClusterNotFoundFault")) return undefined;
      throw error;
    });
  const [cluster] = found?.DBClusters ?? [];
  const {
    DBClusterArn: arn,
    MasterUserSecret: { SecretArn: masterSecretArn } = {},
    Status: status = "",
  } = cluster ?? {};
  const fail = (why: string): Refusal => new Refusal(`cluster ${identifier}: ${why}; nothing was changed`);
  if (cluster === undefined || arn === undefined) {
    throw fail(
      "there is none in this account and region. Deploy the database stack first, or look at your credentials",
    );
  }
  const [, , , , owner = ""] = arn.split(":");
  if (account !== undefined && owner !== account) throw fail(`it is of account ${owner}, accountId says ${account}`);
  if (/^(stopp|start)|delet|inaccessible/.test(status))
    throw fail(`it is ${status}. Start it and wait until it is available`);
  if (cluster.HttpEndpointEnabled !== true) {
    throw fail(
      'its RDS Data API is off. Deploy the database stack with database.healthUser { kind: "dedicated" } first',
    );
  }
  if (masterSecretArn === undefined) throw fail("RDS keeps no secret of its master user");
  return { arn, masterSecretArn };
}

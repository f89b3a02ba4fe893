import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Id } from "@cdktf/provider-random/lib/id";
import { Construct } from "constructs";
import { awsName } from "../../config/naming";
import { ports } from "../../config/ports";
import type { Database } from "../../config/schema/database";
import type { Parameters } from "./parameters";

export interface AuroraClusterProps {
  readonly identifier: string;
  readonly settings: Database;
  /** Isolated subnets. */
  readonly subnetIds: string[];
  /** Zones of those subnets: instances are spread over them in this order. */
  readonly zones: readonly string[];
  readonly securityGroupId: string;
  readonly keyArn: string;
  readonly parameters: Parameters;
  /** Role of Enhanced Monitoring; undefined switches it off. */
  readonly monitoringRoleArn: string | undefined;
  readonly logRetentionDays: number;
  readonly deletionProtected: boolean;
}

/** Name of the log group to which RDS exports a cluster's PostgreSQL log: RDS decides it. */
export const postgresqlLogGroup = (identifier: string): string => `/aws/rds/cluster/${identifier}/postgresql`;

/** An encrypted Aurora PostgreSQL cluster with one writer and its readers. */
export class AuroraCluster extends Construct {
  readonly cluster: RdsCluster;
  readonly instanceIdentifiers: string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AuroraClusterProps,
  ) {
    super(scope, id);
    this.cluster = this.addCluster();
    const writer = this.addInstance(0, []);
    // Readers wait for the writer, so that the first instance is the one that becomes it.
    const readers = Array.from({ length: props.settings.replicaCount }, (_, index) =>
      this.addInstance(index + 1, [writer]),
    );
    this.instanceIdentifiers = [writer, ...readers].map(({ identifier }) => identifier);
  }

  private addCluster(): RdsCluster {
    const { identifier, settings, keyArn, parameters, zones, deletionProtected, subnetIds } = this.props;
    const { capacity } = settings;
    const subnetGroup = new DbSubnetGroup(this, "subnets", {
      name: identifier,
      description: "Isolated tier",
      subnetIds,
    });
    // Made here, before RDS would make it without a key and without an end.
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: postgresqlLogGroup(identifier),
      retentionInDays: this.props.logRetentionDays,
      kmsKeyId: keyArn,
    });
    // A snapshot of that name from an earlier life would stop the deletion.
    const snapshot = new Id(this, "final-snapshot", { byteLength: 4, keepers: { cluster: identifier } });
    return new RdsCluster(this, "cluster", {
      clusterIdentifier: identifier,
      engine: "aurora-postgresql",
      engineVersion: settings.engineVersion,
      // A major upgrade is a change of engineVersion that a plan shows; AWS asks for this second consent, always.
      allowMajorVersionUpgrade: true,
      databaseName: settings.databaseName,
      port: ports.postgresql,
      dbSubnetGroupName: subnetGroup.name,
      vpcSecurityGroupIds: [this.props.securityGroupId],
      availabilityZones: [...zones],
      dbClusterParameterGroupName: parameters.clusterGroupName,
      dbInstanceParameterGroupName: parameters.instanceGroupName,
      masterUsername: settings.masterUsername,
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: keyArn,
      iamDatabaseAuthenticationEnabled: settings.iamAuthentication,
      // The RDS Data API: a way in for those whom IAM allows to, so only where db:bootstrap needs it.
      enableHttpEndpoint: settings.healthUser.kind === "dedicated" ? true : undefined,
      storageEncrypted: true,
      kmsKeyId: keyArn,
      backupRetentionPeriod: settings.backupRetentionDays,
      preferredBackupWindow: settings.backupWindow,
      preferredMaintenanceWindow: settings.maintenanceWindow,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${identifier}-final-${snapshot.hex}`,
      deletionProtection: deletionProtected,
      applyImmediately: settings.applyImmediately,
      enabledCloudwatchLogsExports: ["postgresql"],
      serverlessv2ScalingConfiguration:
        capacity.kind === "serverless" ? { minCapacity: capacity.minAcu, maxCapacity: capacity.maxAcu } : undefined,
      dependsOn: [logGroup],
      lifecycle: {
        preventDestroy: deletionProtected,
        // RDS fills the list up to three zones, which would read as a change that replaces the cluster.
        ignoreChanges: ["availability_zones"],
      },
    });
  }

  private addInstance(index: number, dependsOn: RdsClusterInstance[]): RdsClusterInstance {
    const { settings, zones, identifier, keyArn, monitoringRoleArn } = this.props;
    const { capacity, performanceInsights, enhancedMonitoring } = settings;
    const watched = performanceInsights !== "off";
    return new RdsClusterInstance(this, `instance-${index + 1}`, {
      identifier: awsName("db-identifier", identifier, String(index + 1)),
      clusterIdentifier: this.cluster.clusterIdentifier,
      engine: this.cluster.engine,
      instanceClass: capacity.kind === "provisioned" ? capacity.instanceClass : "db.serverless",
      availabilityZone: zones[index % zones.length],
      // The lowest tier is promoted first; the first instance is the writer until a failover.
      promotionTier: index,
      publiclyAccessible: false,
      dbParameterGroupName: this.props.parameters.instanceGroupName,
      // A minor version that is written down must not move by itself, or the next plan would downgrade it.
      autoMinorVersionUpgrade: !settings.engineVersion.includes("."),
      applyImmediately: settings.applyImmediately,
      preferredMaintenanceWindow: settings.maintenanceWindow,
      copyTagsToSnapshot: true,
      performanceInsightsEnabled: watched,
      performanceInsightsKmsKeyId: watched ? keyArn : undefined,
      performanceInsightsRetentionPeriod: watched ? performanceInsights : undefined,
      monitoringInterval: enhancedMonitoring === "off" ? 0 : enhancedMonitoring,
      monitoringRoleArn,
      dependsOn,
    });
  }
}

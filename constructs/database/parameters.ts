import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import { Construct } from "constructs";
import { awsName } from "../../config/naming";

/** When a parameter takes effect: some need a restart. */
type Apply = "immediate" | "pending-reboot";

export interface ParametersProps {
  readonly name: string;
  /** Major version of PostgreSQL. */
  readonly major: string;
  readonly slowStatementMs: number;
  /** Statement classes for pgaudit; none: it is not loaded. */
  readonly pgaudit: readonly string[];
  readonly more: Readonly<Record<string, { readonly value: string; readonly apply: Apply }>>;
}

/** Parameter groups of the cluster and of its instances. */
export class Parameters extends Construct {
  readonly clusterGroupName: string;
  readonly instanceGroupName: string;

  constructor(scope: Construct, id: string, props: ParametersProps) {
    super(scope, id);
    const family = `aurora-postgresql${props.major}`;
    // The family is part of the name: a major upgrade makes new groups before it leaves the old ones.
    const lifecycle = { createBeforeDestroy: true };
    const cluster = new RdsClusterParameterGroup(this, "cluster", {
      name: awsName("db-parameter-group", props.name, family),
      family,
      description: "Cluster parameters",
      parameter: [...clusterParameters(props), ...additional(props.more)],
      lifecycle,
    });
    const instance = new DbParameterGroup(this, "instance", {
      name: awsName("db-parameter-group", props.name, "instance", family),
      family,
      description: "Instance parameters",
      parameter: [
        // What a person needs to explain a slow hour: waits, spills to disk, long vacuums.
        parameter("log_autovacuum_min_duration", "10000"),
        parameter("log_lock_waits", "1"),
        parameter("log_temp_files", "10240"),
      ],
      lifecycle,
    });
    this.clusterGroupName = cluster.name;
    this.instanceGroupName = instance.name;
  }
}

const parameter = (name: string, value: string, applyMethod: Apply = "immediate") => ({ name, value, applyMethod });

function clusterParameters({ pgaudit, slowStatementMs }: ParametersProps) {
  const audit = pgaudit.length === 0 ? [] : [parameter("pgaudit.log", pgaudit.join(","))];
  const libraries = ["pg_stat_statements", ...(pgaudit.length === 0 ? [] : ["pgaudit"])];
  return [
    // Pgpool's TLS to a server is opportunistic: only the server can insist.
    parameter("rds.force_ssl", "1"),
    parameter("ssl_min_protocol_version", "TLSv1.2"),
    parameter("password_encryption", "scram-sha-256"),
    parameter("rds.accepted_password_auth_method", "scram"),
    parameter("log_statement", "ddl"),
    parameter("log_min_duration_statement", String(slowStatementMs)),
    parameter("shared_preload_libraries", libraries.join(","), "pending-reboot"),
    ...audit,
  ];
}

const additional = (more: ParametersProps["more"]) =>
  Object.entries(more).map(([name, { value, apply }]) => parameter(name, value, apply));

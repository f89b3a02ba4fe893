import { partitionOf } from "../partition";
import { windowsOverlap, lengthOf } from "../windows";
import type { Rule } from "./rule";

/** Words that Aurora PostgreSQL does not take as a master user or database (Aurora User Guide, CreateDBCluster). */
const reservedUsers = ["admin", "postgres_admin", "rdsadmin", "rds_superuser", "root", "user", "public"];
const reservedDatabases = ["postgres", "template0", "template1", "rdsadmin", "user", "table", "select"];

/** Parameters that other settings decide. */
const managedParameters: Readonly<Record<string, string>> = {
  "rds.force_ssl": "TLS is always forced",
  password_encryption: "passwords are always SCRAM",
  "rds.accepted_password_auth_method": "passwords are always SCRAM",
  shared_preload_libraries: "use database.pgaudit",
  "pgaudit.log": "use database.pgaudit",
  log_min_duration_statement: "use database.slowStatementMs",
};

const readers: Rule = {
  reads: ["database.replicaCount", "database.readerAutoscaling"],
  check: ({ database: { replicaCount, readerAutoscaling } }) => {
    if (readerAutoscaling === undefined) return [];
    const path = "database.readerAutoscaling.maxReaders";
    const got = readerAutoscaling.maxReaders;
    if (replicaCount === 0) {
      const allowed = "with at least one reader in replicaCount, whose load it follows";
      return [{ path, got, allowed, remedy: "set database.replicaCount to 1 or more" }];
    }
    if (got > replicaCount) return [];
    const allowed = `more than replicaCount (${replicaCount}), at most 15`;
    return [{ path, got, allowed, remedy: "raise it, lower replicaCount, or leave readerAutoscaling out" }];
  },
};

const acu: Rule = {
  reads: ["database.capacity"],
  check: ({ database: { capacity } }) => {
    if (capacity.kind === "provisioned" || capacity.minAcu <= capacity.maxAcu) return [];
    const allowed = `at most maxAcu (${capacity.maxAcu})`;
    return [{ path: "database.capacity.minAcu", got: capacity.minAcu, allowed, remedy: "lower it, or raise maxAcu" }];
  },
};

const windows: Rule = {
  reads: ["database.backupWindow", "database.maintenanceWindow"],
  check: ({ database: { backupWindow, maintenanceWindow } }) => {
    const both = [
      { path: "database.backupWindow", got: backupWindow, minutes: lengthOf(backupWindow) },
      { path: "database.maintenanceWindow", got: maintenanceWindow, minutes: lengthOf(maintenanceWindow) },
    ];
    const short = both.filter(({ minutes }) => minutes < 30 || minutes > 1440);
    if (short.length > 0) {
      return short.map(({ path, got }) => ({ path, got, allowed: "30 minutes to 24 hours", remedy: "change its end" }));
    }
    if (!windowsOverlap(backupWindow, maintenanceWindow)) return [];
    const allowed = `a window that does not overlap the backup window (${backupWindow}); RDS refuses it`;
    return [{ path: "database.maintenanceWindow", got: maintenanceWindow, allowed, remedy: "move one of the two" }];
  },
};

const names: Rule = {
  reads: ["database.masterUsername", "database.databaseName"],
  check: ({ database }) => [
    ...reserved("database.masterUsername", database.masterUsername, reservedUsers),
    ...reserved("database.databaseName", database.databaseName, reservedDatabases),
  ],
};

const reserved = (path: string, got: string, words: readonly string[]) =>
  words.includes(got.toLowerCase())
    ? [{ path, got, allowed: `a name that is not reserved (${words.join(", ")})`, remedy: "choose another name" }]
    : [];

const parameters: Rule = {
  reads: ["database.parameters"],
  check: ({ database }) =>
    Object.keys(database.parameters)
      .filter((name) => Object.hasOwn(managedParameters, name))
      .map((name) => ({
        path: `database.parameters.${name}`,
        got: database.parameters[name]?.value,
        allowed: "parameters that no other setting decides",
        remedy: `remove it: ${managedParameters[name] ?? ""}`,
      })),
};

const backupCopy: Rule = {
  reads: ["database.awsBackup", "region"],
  check: ({ region, database: { awsBackup } }) => {
    const copy = awsBackup?.copyTo?.region;
    if (copy === undefined) return [];
    const path = "database.awsBackup.copyTo.region";
    if (copy === region) {
      return [{ path, got: copy, allowed: `a region other than ${region}`, remedy: "choose a second region" }];
    }
    if (partitionOf(copy).name === partitionOf(region).name) return [];
    const allowed = `a region of the partition ${partitionOf(region).name}`;
    return [{ path, got: copy, allowed, remedy: "AWS Backup copies within one partition: choose a region there" }];
  },
};

/** Rules of the database. */
export const databaseRules: readonly Rule[] = [readers, acu, windows, names, parameters, backupCopy];

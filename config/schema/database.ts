import * as z from "zod";
import { healthUserSchema } from "./health-user";
import { flag, regionPattern, setting, text, wholeNumber } from "./leaf";

const instanceClassForm = "a class of the families db.t3, db.t4g, db.r… or db.x2g, such as db.r7g.large";

const capacity = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("provisioned").meta({ description: "Instances of one class." }),
    instanceClass: setting(
      z
        .string()
        .regex(/^db\.((t3|t4g)\.(medium|large)|(r[5-9][a-z]*|x2g)\.(large|\d*xlarge))$/)
        .default("db.t3.medium"),
      "DB instance class of the writer and every reader.",
      instanceClassForm,
    ),
  }),
  z.strictObject({
    kind: z.literal("serverless").meta({ description: "Aurora Serverless v2." }),
    minAcu: setting(
      z.number().min(0.5).max(256).multipleOf(0.5),
      "Least capacity; health checks query the database, so it would never pause at 0.",
      "0.5 to 256 ACU in steps of 0.5",
    ),
    maxAcu: setting(z.number().min(1).max(256).multipleOf(0.5), "Most capacity.", "1 to 256 ACU in steps of 0.5"),
  }),
]);

const readerAutoscaling = z.strictObject({
  maxReaders: setting(
    z.int().min(1).max(15),
    "Most readers, those of replicaCount included.",
    "a whole number from 1 to 15",
  ),
  targetCpuPercent: wholeNumber(10, 90, 60, "Average CPU of the readers that is aimed at."),
});

const parameter = z.strictObject({
  value: z.string(),
  apply: z.enum(["immediate", "pending-reboot"]),
});

const copyTo = z.strictObject({
  region: text(regionPattern, "Second region, of the same partition.", "a region's name such as eu-central-1"),
  retentionDays: wholeNumber(1, 36500, 35, "Days a copy is kept."),
});

const awsBackup = z.strictObject({
  schedule: setting(
    z
      .string()
      .regex(/^cron\(\S+( \S+){5}\)$/)
      .default("cron(0 5 * * ? *)"),
    "When AWS Backup runs, in UTC.",
    "an AWS cron expression of six fields, such as cron(0 5 * * ? *)",
  ),
  retentionDays: wholeNumber(1, 36500, 35, "Days a recovery point is kept."),
  copyTo: copyTo.optional().describe("Copies every recovery point to a second region."),
});

/** The Aurora PostgreSQL cluster. */
export const databaseSchema = z.strictObject({
  engineVersion: setting(
    z
      .string()
      .regex(/^1[5-7](\.\d{1,2})?$/)
      .default("17"),
    "Aurora PostgreSQL version. Only the major: AWS applies minor versions in the maintenance window. With a minor: it stays until it is changed here.",
    '"15", "16" or "17", or a minor version such as "17.5"',
  ),
  capacity: capacity.prefault({ kind: "provisioned" }),
  replicaCount: wholeNumber(0, 15, 1, "Readers beside the writer."),
  readerAutoscaling: readerAutoscaling.optional().describe("Adds and removes readers by their load."),
  databaseName: setting(
    z
      .string()
      .regex(/^[a-zA-Z]\w{0,62}$/)
      .default("app"),
    "Database that is created with the cluster.",
    "1 to 63 letters, digits or _, starting with a letter",
  ),
  masterUsername: setting(
    z
      .string()
      .regex(/^(?!pg_)[a-zA-Z]\w{0,62}$/)
      .default("pgpool_admin"),
    "Master user; RDS makes and rotates its password in Secrets Manager.",
    "1 to 63 letters, digits or _, starting with a letter, not with pg_ and not a reserved word such as admin",
  ),
  healthUser: healthUserSchema.prefault({ kind: "master" }),
  backupRetentionDays: wholeNumber(1, 35, 7, "Days of automated backups and point-in-time recovery."),
  backupWindow: setting(
    z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/)
      .default("03:00-04:00"),
    "Daily backup window, UTC.",
    "HH:MM-HH:MM, at least 30 minutes, apart from the maintenance window",
  ),
  maintenanceWindow: setting(
    z
      .string()
      .regex(
        /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/,
      )
      .default("sun:05:00-sun:06:00"),
    "Weekly maintenance window, UTC.",
    "ddd:HH:MM-ddd:HH:MM, at least 30 minutes, apart from the backup window",
  ),
  applyImmediately: flag(
    false,
    "Apply changes that restart an instance at once; otherwise AWS does it in the maintenance window, and until then a plan shows them again.",
  ),
  awsBackup: awsBackup.optional().describe("Backups by AWS Backup, beside the automated ones."),
  iamAuthentication: flag(false, "IAM database authentication."),
  pgaudit: setting(
    z.array(z.enum(["read", "write", "function", "role", "ddl", "misc"])).default([]),
    "Statement classes that pgaudit logs; none: pgaudit is not loaded.",
    "any of read, write, function, role, ddl, misc",
  ),
  slowStatementMs: wholeNumber(
    0,
    3_600_000,
    1000,
    "Statements that take longer are logged, in milliseconds; 0 logs all.",
  ),
  parameters: setting(
    z.record(z.string().regex(/^[a-z][a-z0-9_.]*$/), parameter).default({}),
    "More parameters of the cluster parameter group.",
    '{ name: { value: "…", apply: "immediate" or "pending-reboot" } }, names in lower case',
  ),
  performanceInsights: setting(
    z
      .union([
        z.literal("off"),
        z.int().refine((days) => days === 7 || days === 731 || (days > 0 && days < 731 && days % 31 === 0)),
      ])
      .default(7),
    "Days that Performance Insights keeps.",
    '7, a multiple of 31 up to 713, 731, or "off"',
  ),
  enhancedMonitoring: setting(
    z.union([z.literal("off"), z.literal([1, 5, 10, 15, 30, 60])]).default(60),
    "Seconds between Enhanced Monitoring samples.",
    '1, 5, 10, 15, 30, 60 or "off"',
  ),
});
export type Database = z.output<typeof databaseSchema>;

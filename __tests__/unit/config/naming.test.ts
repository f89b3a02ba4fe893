import { awsName, type NameKind } from "../../../config/naming";

test("joins the parts with hyphens", () => {
  expect(awsName("load-balancer", "prod", "pgpool")).toBe("prod-pgpool");
});

/** The longest name that AWS takes (AWS General Reference and each service's Create call). */
const limits: readonly (readonly [NameKind, number])[] = [
  ["auto-scaling-group", 255],
  ["backup-vault", 50],
  ["cloudwatch-alarm", 255],
  ["db-identifier", 63],
  ["db-parameter-group", 255],
  ["iam-role", 64],
  ["kms-alias", 250],
  ["launch-template", 128],
  ["load-balancer", 32],
  ["log-group", 512],
  ["metrics-namespace", 255],
  ["secret", 512],
  ["security-group", 255],
  ["sns-topic", 256],
];

test.each(limits)("takes a name of a %s with %d characters and refuses the next, whole", (kind, limit) => {
  const longest = "n".repeat(limit);
  expect(awsName(kind, longest)).toBe(longest);
  expect(() => awsName(kind, `${longest}n`)).toThrow(
    `${kind} name "${longest}n" has ${limit + 1} characters, AWS allows ${limit}: shorten the environment`,
  );
});

const refused: readonly (readonly [NameKind, string])[] = [
  ["auto-scaling-group", "prod/pgpool"],
  ["backup-vault", "prod.pgpool"],
  ["backup-vault", "p"],
  ["cloudwatch-alarm", ""],
  ["secret", "prod-pgpool-health"],
  ["db-identifier", "prod--pgpool"],
  ["db-identifier", "prod-"],
  ["db-identifier", "1prod"],
  ["db-identifier", "Prod"],
  ["db-parameter-group", "prod.17"],
  ["iam-role", "prod pgpool"],
  ["kms-alias", "prod.pgpool"],
  ["launch-template", "ab"],
  ["load-balancer", "internal-prod"],
  ["load-balancer", "-prod"],
  ["load-balancer", "prod_pgpool"],
  ["log-group", "aws/prod"],
  ["metrics-namespace", "AWS/prod"],
  ["security-group", "sg-prod"],
  ["security-group", "prod'"],
  ["sns-topic", "prod.alarms"],
];

test.each(refused)("refuses a %s called %j, as AWS would", (kind, name) => {
  expect(() => awsName(kind, name)).toThrow(`${kind} name "${name}" is not of the form `);
});

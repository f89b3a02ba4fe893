import { databaseRules } from "./database";
import { generalRules } from "./general";
import { healthUserRules } from "./health-user";
import { networkRules } from "./network";
import { pgpoolRules } from "./pgpool";
import { pipelineRules } from "./pipeline";
import type { Rule } from "./rule";
import { sizingRules } from "./sizing";

/** All that must hold between settings. */
export const rules: readonly Rule[] = [
  ...generalRules,
  ...networkRules,
  ...databaseRules,
  ...healthUserRules,
  ...pgpoolRules,
  ...sizingRules,
  ...pipelineRules,
];

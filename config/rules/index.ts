import { databaseRules } from "./database";
import { generalRules } from "./general";
import { networkRules } from "./network";
import { pgpoolRules } from "./pgpool";
import { pipelineRules } from "./pipeline";
import type { Rule } from "./rule";

/** All that must hold between settings. */
export const rules: readonly Rule[] = [
  ...generalRules,
  ...networkRules,
  ...databaseRules,
  ...pgpoolRules,
  ...pipelineRules,
];

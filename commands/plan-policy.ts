import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../config/schema/environment";
import type { StackName } from "../config/state";
import { guards } from "../policy/all-guards";
import { checkov, CheckovMissing } from "../policy/checkov";
import { exceptions, excepts } from "../policy/exceptions";
import type { TerraformJson } from "../policy/terraform-json";
import type { PolicyReport } from "../review/report";
import { Refusal } from "./report-error";

/** Asks the project's own rules and checkov about synthesized stacks; `scratch` is for copies. */
export function reviewPolicy(
  environment: Environment,
  stacks: readonly StackName[],
  synthesized: string,
  scratch: string,
): PolicyReport {
  const violations = stacks.flatMap((stack) => {
    const json = JSON.parse(readFileSync(join(synthesized, stack, "cdk.tf.json"), "utf8")) as TerraformJson;
    return guards.flatMap((guard) =>
      guard.violations({ environment, stack, json }).map((one) => `${stack}: ${one} (${guard.rule})`),
    );
  });
  return { violations, checkov: askCheckov(environment.name, stacks, synthesized, join(scratch, "checkov")) };
}

function askCheckov(
  environment: string,
  stacks: readonly StackName[],
  synthesized: string,
  folder: string,
): PolicyReport["checkov"] {
  for (const stack of stacks) {
    const copy = join(folder, environment, "stacks", stack);
    mkdirSync(copy, { recursive: true });
    copyFileSync(join(synthesized, stack, "cdk.tf.json"), join(copy, "cdk.tf.json"));
  }
  try {
    const { passed, failed } = checkov(folder, process.env);
    const unmet = failed.filter((finding) => !exceptions.some((one) => excepts(one, finding)));
    const findings = unmet.map(({ stack, resource, check, name }) => `${stack} ${resource}: ${check} ${name}`);
    return { kind: "ran", passed: passed.length, findings };
  } catch (error) {
    if (error instanceof CheckovMissing) return { kind: "missing", message: error.message };
    throw new Refusal((error as Error).message);
  }
}

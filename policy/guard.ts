import type { Environment, EnvironmentInput } from "../config/schema/environment";
import type { StackName } from "../config/state";
import type { TerraformJson } from "./terraform-json";

/** One stack of one environment. */
export interface Subject {
  readonly environment: Environment;
  readonly stack: StackName;
  readonly json: TerraformJson;
}

/** A piece of Terraform JSON, and what of its environment and its stack matters. */
export interface Example {
  readonly json: TerraformJson;
  /** @default - the environment of `environmentWith()` */
  readonly environment?: Partial<EnvironmentInput>;
  /** @default "pgpool" */
  readonly stack?: StackName;
}

/** One rule that every stack of every environment keeps. */
export interface Guard {
  /** The rule, as a sentence. */
  readonly rule: string;
  /** What breaks it, each with its address. */
  readonly violations: (subject: Subject) => readonly string[];
  /** Examples that keep it, by what they show. */
  readonly accepts: Readonly<Record<string, Example>>;
  /** Examples with exactly one violation each, by what is wrong. */
  readonly refuses: Readonly<Record<string, Example>>;
}

/** An example with the resources of one type, by their ids. */
export const resource = (type: string, blocks: Readonly<Record<string, object>>): TerraformJson => ({
  resource: { [type]: blocks as Readonly<Record<string, Readonly<Record<string, unknown>>>> },
});

/** An example with one IAM policy document. */
export const policyDocument = (...statement: readonly object[]): TerraformJson => ({
  data: { aws_iam_policy_document: { example: { statement } } },
});

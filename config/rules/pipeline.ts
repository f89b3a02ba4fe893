import type { Rule } from "./rule";

const sharedState: Rule = {
  reads: ["pipeline", "state"],
  check: ({ pipeline, state }) => {
    if (pipeline.kind === "none" || state.kind === "s3") return [];
    const remedy =
      'use state { kind: "s3" }, or pipeline { kind: "none" }: a workflow cannot see files of this machine';
    return [{ path: "state.kind", got: state.kind, allowed: '"s3", since there is a pipeline', remedy }];
  },
};

/** Rules of the pipeline. */
export const pipelineRules: readonly Rule[] = [sharedState];

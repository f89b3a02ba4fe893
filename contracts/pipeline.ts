import { StackContract, shown } from "./stack-contract";

/** What the pipeline's roles give to people: what a repository has to know of an environment. */
export const pipelineContract = new StackContract("pipeline", {
  githubVariable: shown("Value of this environment in the repository's variable PIPELINE (docs/pipeline.md)."),
});

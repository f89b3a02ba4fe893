import * as z from "zod";
import { choice, setting, text } from "./leaf";

/** Who deploys: a person, or workflows with roles of their own. */
export const pipelineSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none").meta({ description: "People deploy, with their own credentials." }) }),
  z.strictObject({
    kind: z.literal("github").meta({ description: "Roles for GitHub Actions, without keys (docs/pipeline.md)." }),
    repository: text(
      /^[A-Za-z\d][A-Za-z\d-]{0,38}\/(?!\.{1,2}$)[\w.-]{1,100}$/,
      "The only repository whose workflows may have the roles.",
      "owner/name",
    ),
    branch: setting(
      z
        .string()
        .regex(/^[\w.-]+(\/[\w.-]+)*$/)
        .default("main"),
      "The branch that is deployed.",
      "a branch's name, without * or ?",
    ),
    oidcProvider: choice(
      ["existing", "new"],
      "existing",
      "Whether the account has GitHub as an identity provider already; it can have it once only.",
    ),
  }),
]);
export type Pipeline = z.output<typeof pipelineSchema>;
export type GithubPipeline = Extract<Pipeline, { kind: "github" }>;

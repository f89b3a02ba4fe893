import * as z from "zod";

/** Major version of Terraform's plan JSON that is read here (developer.hashicorp.com, "JSON Output Format"). */
const knownMajor = "1";

const change = z.object({
  actions: z.array(z.enum(["no-op", "create", "read", "update", "delete", "forget"])),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  /** True where a value is known after the apply only; nested as the value is. */
  after_unknown: z.unknown().optional(),
  /** True where a value must not be shown; nested as the value is. */
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  /** What forces a replacement. */
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
});

const planSchema = z.object({
  format_version: z.string(),
  resource_changes: z
    .array(z.object({ address: z.string(), mode: z.enum(["managed", "data"]), type: z.string(), change }))
    .default([]),
  output_changes: z.record(z.string(), change).default({}),
});

/** The parts of `terraform show -json PLANFILE` that a review uses. */
export type TerraformPlan = z.output<typeof planSchema>;
/** What happens to one resource or output. */
export type TerraformChange = z.output<typeof change>;

/** The plan is not in a form that is known here; the message says what to do. */
export class PlanFormatError extends Error {}

/**
 * Reads what `terraform show -json` has printed.
 *
 * @throws {@link PlanFormatError} for another major version of the format, or another form than it documents.
 */
export function parsePlan(text: string): TerraformPlan {
  const json = parseJson(text);
  const version = "format_version" in json ? String(json.format_version) : "none";
  if (version.split(".")[0] !== knownMajor) {
    throw new PlanFormatError(
      `Terraform's plan has the format ${version}; ${knownMajor}.x is what is read here: use Terraform 1.11 or newer, below 2.`,
    );
  }
  const plan = planSchema.safeParse(json);
  if (plan.success) return plan.data;
  throw new PlanFormatError(`Terraform's plan is not as its format documents: ${z.prettifyError(plan.error)}`);
}

function parseJson(text: string): object {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null) return json;
  } catch {
    // Told below: the text itself may hold secrets.
  }
  throw new PlanFormatError("terraform show -json has not printed a plan.");
}

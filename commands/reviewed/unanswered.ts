import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { Refusal } from "../report-error";

const reportSchema = z.object({ exitCode: z.union([z.literal(0), z.literal(2), z.literal(3)]) });

/**
 * Looks into the plan.json of a folder before its plans go further.
 *
 * @throws {@link Refusal} when there are dangers that nobody has answered for.
 */
export function refuseUnanswered(folder: string): void {
  const path = join(folder, "plan.json");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new Refusal(`there is no ${path}: run npm run plan first`);
  }
  const { exitCode } = reportSchema.parse(JSON.parse(text));
  if (exitCode !== 3) return;
  throw new Refusal(
    `there are dangers that nobody has answered for: ${join(folder, "plan.md")} says which, and how to`,
  );
}

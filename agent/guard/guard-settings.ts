import { readFileSync } from "node:fs";
import * as z from "zod";
import { readerKinds } from "../../config/readers";
import { AgentError, messageOf } from "../host";

const guardSettingsSchema = z.strictObject({
  writerEndpoint: z.string(),
  readerEndpoint: z.string(),
  readers: z.enum(readerKinds),
  port: z.int(),
  database: z.string(),
  user: z.string(),
  password: z.string(),
  /** What pgpool.conf says, secrets left out. */
  expected: z.record(z.string(), z.string()),
});

/** What the guard needs of boot document and secret; boot writes it for the guard's own user. */
export type GuardSettings = z.output<typeof guardSettingsSchema>;

export const renderGuardSettings = (settings: GuardSettings): string => `${JSON.stringify(settings)}\n`;

/**
 * The settings as they are now: a rotation is followed by the next connection.
 *
 * @throws {@link AgentError} without anything of the file's content.
 */
export function readGuardSettings(path: string): GuardSettings {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new AgentError(`no settings of the guard: ${messageOf(error)}; boot writes them`);
  }
  try {
    return guardSettingsSchema.parse(JSON.parse(text));
  } catch {
    throw new AgentError(`${path} is not what this agent's boot writes`);
  }
}

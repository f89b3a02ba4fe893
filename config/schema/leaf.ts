import * as z from "zod";

/**
 * Gives a setting its meaning and what may be written. Both appear in the README's settings table and in each error
 * message about the setting, so neither can go stale.
 */
export function setting<S extends z.ZodType>(schema: S, means: string, allowed: string): S {
  return schema.meta({ description: means, allowed });
}

/** A whole number within limits that AWS or the design sets. */
export function wholeNumber(min: number, max: number, preset: number, means: string): z.ZodDefault<z.ZodInt> {
  return setting(z.int().min(min).max(max).default(preset), means, `a whole number from ${min} to ${max}`);
}

/** One of several words. */
export function choice<const W extends readonly [string, ...string[]]>(words: W, preset: W[number], means: string) {
  const schema = z.enum(words).default(preset as never);
  return setting(schema, means, words.map((word) => `"${word}"`).join(", "));
}

/** A switch. */
export const flag = (preset: boolean, means: string): z.ZodDefault<z.ZodBoolean> =>
  setting(z.boolean().default(preset), means, "true, false");

/** A text of one form; `form` says in words what `pattern` checks. */
export const text = (pattern: RegExp, means: string, form: string): z.ZodString =>
  setting(z.string().regex(pattern), means, form);

/** An IPv4 range such as `10.0.0.0/16`. */
export const cidr = z.cidrv4();

/** Form of an AWS region's name, in the partitions whose names are known here (partition.ts). */
export const regionPattern = /^(?!.*-iso)[a-z]{2}(-[a-z]+)+-\d$/;

/** The ids of several AWS objects of one kind, each once. */
export function ids(prefix: string, min: number, max: number, means: string) {
  const id = z.string().regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`));
  return setting(z.array(id).min(min).max(max), means, `${min} to ${max} ids such as "${prefix}-0a1b2c3d4e5f60718"`);
}

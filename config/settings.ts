import * as z from "zod";
import { environmentSchema } from "./schema/environment";

/** One row of the settings reference. */
export interface SettingRow {
  /** Dotted path, such as `pgpool.minCapacity`. */
  readonly path: string;
  /** The `kind`s that a user chose on the way there, by path: `{ network: "new" }`. */
  readonly choices: Readonly<Record<string, string>>;
  readonly type: string;
  /** As JSON; undefined where the setting must be written. */
  readonly preset: string | undefined;
  readonly optional: boolean;
  /** The group it is part of, if that group may be left out. */
  readonly optionalGroup?: string;
  readonly allowed: string;
  readonly means: string;
  /** The words that may be written, where only some may. */
  readonly words: readonly string[];
}

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly allowed?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

type Place = Pick<SettingRow, "path" | "choices" | "optional" | "optionalGroup">;

/** Every setting of an environment, or of another schema, in the order of the schema. */
export function listSettings(of: z.ZodType = environmentSchema): SettingRow[] {
  const schema = z.toJSONSchema(of, { io: "input" }) as JsonSchema;
  return rowsOf(schema, { path: "", choices: {}, optional: false });
}

function rowsOf(schema: JsonSchema, place: Place): SettingRow[] {
  if (schema.oneOf !== undefined)
    return [choiceRow(schema, place), ...schema.oneOf.flatMap((o) => optionRows(o, place))];
  if (schema.properties === undefined || schema.allowed !== undefined) return [leafRow(schema, place)];
  const outer = place.optional ? { ...place, optionalGroup: place.path } : place;
  const rows = Object.entries(schema.properties).flatMap(([name, property]) =>
    rowsOf(property, {
      ...outer,
      path: place.path === "" ? name : `${place.path}.${name}`,
      optional: schema.required?.includes(name) !== true && property.default === undefined,
    }),
  );
  return place.optional ? [groupRow(schema, place), ...rows] : rows;
}

/** The row of a group that may be left out: then none of its defaults matters. */
const groupRow = (schema: JsonSchema, place: Place): SettingRow => ({
  ...leafRow(schema, place),
  type: "group",
  allowed: `{ ${Object.keys(schema.properties ?? {}).join(", ")} }`,
});

/** The row of the word that chooses between the shapes of a union. */
function choiceRow(schema: JsonSchema, place: Place): SettingRow {
  const options = (schema.oneOf ?? []).map((option) => option.properties?.kind ?? {});
  const chosen = (schema.default as { kind: string } | undefined)?.kind;
  return {
    ...place,
    path: `${place.path}.kind`,
    type: "choice",
    preset: chosen === undefined ? undefined : JSON.stringify(chosen),
    allowed: options.map((option) => JSON.stringify(option.const)).join(", "),
    means: options.map((option) => `${JSON.stringify(option.const)}: ${option.description ?? ""}`).join(" "),
    words: options.flatMap(wordsOf),
  };
}

function optionRows(option: JsonSchema, place: Place): SettingRow[] {
  const [kind = ""] = wordsOf(option.properties?.kind ?? {});
  const choices = { ...place.choices, [place.path]: kind };
  return rowsOf(option, { ...place, choices }).filter((row) => row.path !== `${place.path}.kind`);
}

const leafRow = (schema: JsonSchema, place: Place): SettingRow => ({
  ...place,
  type: typeName(schema),
  preset: schema.default === undefined ? undefined : JSON.stringify(schema.default),
  allowed: schema.allowed ?? "",
  means: schema.description ?? "",
  words: wordsOf(schema),
});

function wordsOf({ const: only, enum: several = [], items, anyOf = [] }: JsonSchema): string[] {
  const own = [only, ...several].filter((word) => typeof word === "string");
  return [...own, ...(items === undefined ? [] : wordsOf(items)), ...anyOf.flatMap(wordsOf)];
}

function typeName({ type, items, anyOf }: JsonSchema): string {
  if (items !== undefined) return `list of ${items.type ?? "values"}s`;
  if (anyOf !== undefined) return anyOf.map((option) => typeName(option)).join(" or ");
  return { integer: "number", object: "map" }[type ?? ""] ?? type ?? "value";
}

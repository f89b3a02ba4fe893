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
  readonly allowed: string;
  readonly means: string;
}

interface JsonSchema {
  readonly type?: string;
  readonly const?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly allowed?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

type Place = Pick<SettingRow, "path" | "choices" | "optional">;

/** Every setting of an environment, or of another schema, in the order of the schema. */
export function listSettings(of: z.ZodType = environmentSchema): SettingRow[] {
  const schema = z.toJSONSchema(of, { io: "input" }) as JsonSchema;
  return rowsOf(schema, { path: "", choices: {}, optional: false });
}

function rowsOf(schema: JsonSchema, place: Place): SettingRow[] {
  if (schema.oneOf !== undefined)
    return [choiceRow(schema, place), ...schema.oneOf.flatMap((o) => optionRows(o, place))];
  if (schema.properties === undefined || schema.allowed !== undefined) return [leafRow(schema, place)];
  return Object.entries(schema.properties).flatMap(([name, property]) =>
    rowsOf(property, {
      ...place,
      path: place.path === "" ? name : `${place.path}.${name}`,
      optional: schema.required?.includes(name) !== true && property.default === undefined,
    }),
  );
}

/** The row of the word that chooses between the shapes of a union. */
function choiceRow(schema: JsonSchema, place: Place): SettingRow {
  const options = (schema.oneOf ?? []).map((option) => option.properties?.["kind"] ?? {});
  const chosen = (schema.default as { kind: string } | undefined)?.kind;
  return {
    ...place,
    path: `${place.path}.kind`,
    type: "choice",
    preset: chosen === undefined ? undefined : JSON.stringify(chosen),
    allowed: options.map((option) => JSON.stringify(option.const)).join(", "),
    means: options.map((option) => `"${option.const ?? ""}": ${option.description ?? ""}`).join(" "),
  };
}

function optionRows(option: JsonSchema, place: Place): SettingRow[] {
  const kind = option.properties?.["kind"]?.const ?? "";
  const choices = { ...place.choices, [place.path]: kind };
  return rowsOf(option, { ...place, choices }).filter((row) => row.path !== `${place.path}.kind`);
}

const leafRow = (schema: JsonSchema, place: Place): SettingRow => ({
  ...place,
  type: typeName(schema),
  preset: schema.default === undefined ? undefined : JSON.stringify(schema.default),
  allowed: schema.allowed ?? "",
  means: schema.description ?? "",
});

function typeName({ type, items, anyOf }: JsonSchema): string {
  if (items !== undefined) return `list of ${items.type ?? "values"}s`;
  if (anyOf !== undefined) return anyOf.map((option) => typeName(option)).join(" or ");
  return { integer: "number", object: "map" }[type ?? ""] ?? type ?? "value";
}

/** The way to a setting, key by key. */
export type Path = readonly PropertyKey[];

/** Whether a value may hold others. */
export const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === "object" && value !== null;

/** The value at a path of what the user wrote. */
export const valueAt = (input: unknown, path: Path): unknown =>
  path.reduce((value, key) => (isObject(value) ? value[key] : undefined), input);

/** How a path is written in messages. */
export const dotted = (path: Path): string => path.map(String).join(".");

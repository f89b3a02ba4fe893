import type { Block, TerraformJson } from "./terraform-json";

/** A block with its address in Terraform, such as `aws_lb.endpoint_load-balancer_1A2B3C4D`. */
export interface Named {
  readonly address: string;
  readonly block: Block;
}

/** A string with the path to it, such as `resource.aws_lb.x.name`. */
export interface Literal {
  readonly path: string;
  readonly text: string;
}

const isBlock = (value: unknown): value is Block =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** All resources of the given types. */
export const resources = ({ resource = {} }: TerraformJson, ...types: readonly string[]): readonly Named[] =>
  types.flatMap((type) =>
    Object.entries(resource[type] ?? {}).map(([id, block]) => ({ address: `${type}.${id}`, block })),
  );

/** All data sources of a type. */
export const dataSources = ({ data = {} }: TerraformJson, type: string): readonly Named[] =>
  Object.entries(data[type] ?? {}).map(([id, block]) => ({ address: `data.${type}.${id}`, block }));

/** Blocks inside a block: Terraform writes a single one with or without a list around it. */
export function nested(block: Block | undefined, key: string): readonly Block[] {
  const value = block?.[key];
  if (Array.isArray(value)) return value.filter(isBlock);
  return isBlock(value) ? [value] : [];
}

/** The strings of a list, or the one string. */
export function texts(block: Block, key: string): readonly string[] {
  const value = block[key];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((item) => typeof item === "string");
}

/** One string; empty when there is none. */
export const textOf = (block: Block, key: string): string => texts(block, key)[0] ?? "";

/** Every string of a JSON, however deep. */
export function literals(value: unknown, path = ""): readonly Literal[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => literals(inner, path === "" ? key : `${path}.${key}`));
}

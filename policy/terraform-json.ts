/** One resource, data source or output as it stands in the JSON. */
export type Block = Readonly<Record<string, unknown>>;

/** Blocks by their logical id. */
export type Blocks = Readonly<Record<string, Block>>;

/** What cdktf writes for one stack, as far as anybody asks about it. */
export interface TerraformJson {
  readonly resource?: Readonly<Record<string, Blocks>>;
  readonly data?: Readonly<Record<string, Blocks>>;
  readonly output?: Blocks;
  readonly provider?: Readonly<Record<string, readonly Block[]>>;
  readonly terraform?: { readonly backend?: Blocks; readonly [key: string]: unknown };
}

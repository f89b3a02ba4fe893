/** An expression that HCL must evaluate, such as `var.region`; a plain string is always a literal. */
export class HclExpression {
  constructor(readonly source: string) {
    if (source.includes("\n")) throw new Error("an expression of several lines would not be formatted");
  }
}

export type HclValue =
  string | number | boolean | HclExpression | readonly HclValue[] | { readonly [name: string]: HclValue };

/** A block: `type "label" { attributes, then blocks }`. An attribute that is undefined is left out. */
export interface HclBlock {
  readonly type: string;
  readonly labels?: readonly string[];
  readonly attributes?: Readonly<Record<string, HclValue | undefined>>;
  readonly blocks?: readonly HclBlock[];
}

const identifier = /^[A-Za-z_][\w-]*$/;
const lineLength = 100;

/** A text in which literal parts and expressions alternate: `interpolated("pgpool-", expression)`. */
export function interpolated(...parts: readonly (string | HclExpression)[]): HclExpression {
  const texts = parts.map((part) => (part instanceof HclExpression ? `\${${part.source}}` : closed(escaped(part))));
  return new HclExpression(`"${texts.join("")}"`);
}

/** The blocks as HCL, formatted as `packer fmt` does. */
export function renderHcl(blocks: readonly HclBlock[], comment = ""): string {
  const head = comment === "" ? [] : [`${comment.replaceAll(/^/gm, "# ")}\n`];
  return [...head, ...blocks.map((block) => `${blockLines(block).join("\n")}\n`)].join("\n");
}

function blockLines({ type, labels = [], attributes = {}, blocks = [] }: HclBlock): string[] {
  const head = [name(type), ...labels.map(quoted), "{"].join(" ");
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [[name(key), value] as const],
  );
  const parts = [attributeLines(written), ...blocks.map(blockLines)].filter((lines) => lines.length > 0);
  const body = parts.flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
  return body.length === 0 ? [head, "}"] : [head, ...body.map(indented), "}"];
}

/** `=` is aligned among neighbours of one line each; a value of several lines ends such a group (hclwrite). */
function attributeLines(attributes: readonly (readonly [string, HclValue])[]): string[] {
  const rows = attributes.map(([key, value]) => ({ key, lines: valueLines(value, key.length + 3) }));
  return rows.flatMap(({ key, lines: [first = "", ...rest] }, index) => {
    const width = rest.length > 0 ? key.length : groupWidth(rows, index);
    return [`${key.padEnd(width)} = ${first}`, ...rest];
  });
}

function groupWidth(rows: readonly { key: string; lines: readonly string[] }[], index: number): number {
  const isLong = (row: { lines: readonly string[] }): boolean => row.lines.length > 1;
  const start = rows.slice(0, index).findLastIndex(isLong) + 1;
  const length = rows.slice(index).findIndex(isLong);
  const group = rows.slice(start, length === -1 ? undefined : index + length);
  return Math.max(...group.map(({ key }) => key.length));
}

function valueLines(value: HclValue, column: number): string[] {
  if (value instanceof HclExpression) return [value.source];
  if (typeof value === "string") return [quoted(value)];
  if (typeof value === "number") return [numeral(value)];
  if (typeof value === "boolean") return [String(value)];
  return isList(value) ? listLines(value, column) : objectLines(value);
}

function listLines(items: readonly HclValue[], column: number): string[] {
  const rendered = items.map((item) => valueLines(item, 2));
  const line = `[${rendered.map((lines) => lines.join("\n")).join(", ")}]`;
  if (!line.includes("\n") && column + line.length <= lineLength) return [line];
  return ["[", ...rendered.flatMap((lines) => withComma(lines).map(indented)), "]"];
}

const withComma = (lines: readonly string[]): string[] => [...lines.slice(0, -1), `${lines.at(-1) ?? ""},`];

function objectLines(object: Readonly<Record<string, HclValue>>): string[] {
  const entries = Object.entries(object).map(([key, value]) => [objectKey(key), value] as const);
  return entries.length === 0 ? ["{}"] : ["{", ...attributeLines(entries).map(indented), "}"];
}

const objectKey = (key: string): string => (identifier.test(key) ? key : quoted(key));

function name(text: string): string {
  if (!identifier.test(text)) throw new Error(`"${text}" is not a name in HCL: letters, digits, _ and - only`);
  return text;
}

function numeral(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} is not a number that HCL can write`);
  return String(value);
}

/** A last `$` or `%` would merge with what follows it. */
const closed = (text: string): string => text.replace(/\$$/, "\\u0024").replace(/%$/, "\\u0025");

const isList = (value: object): value is readonly HclValue[] => Array.isArray(value);
const indented = (line: string): string => (line === "" ? line : `  ${line}`);
const quoted = (text: string): string => `"${escaped(text)}"`;

/** JSON's escapes, less those that HCL lacks, and a doubled `$` or `%` where a template would begin. */
function escaped(text: string): string {
  if (/\p{Cs}/u.test(text)) throw new Error(`${JSON.stringify(text)} has half a surrogate pair: HCL cannot hold it`);
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/\\\\|\\[bf]/g, (found) => ({ "\\b": "\\u0008", "\\f": "\\u000c" })[found] ?? found)
    .replaceAll("${", () => "$${")
    .replaceAll("%{", "%%{");
}

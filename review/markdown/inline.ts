/** Characters that nobody sees, or that turn the order of the others around: as their numbers. */
const visible = (text: string): string =>
  text
    .replace(/\r?\n/g, "⏎")
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);

/** Every character that could mean something to Markdown or HTML, as its number. */
const entities = (text: string): string =>
  visible(text).replace(/[^\p{L}\p{N} ]/gu, (one) => `&#${one.codePointAt(0) ?? 0};`);

/** Text that ends no code span and no table cell. */
const harmless = /^[^`|\\\p{Cc}\p{Cf}\u2028\u2029]+$/u;

/**
 * A value as code: whatever it holds, it is no Markdown, no HTML and no mention. In a code span none of them is read;
 * what would end the span or a table's cell is written with entities, in an element of HTML.
 */
export function code(text: string): string {
  if (text.trim() === "") return text === "" ? "_empty_" : "_blank_";
  return harmless.test(text) ? `\`${text}\`` : htmlCode(text);
}

/** A value as code where HTML stands and Markdown is not read, such as in a summary. */
export const htmlCode = (text: string): string => `<code>${entities(text)}</code>`;

/** A value of which not more than so many characters are shown. */
export const shortened = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length} characters)`;

/** Lines as a block of code, in a fence that is longer than any inside. */
export function fenced(language: string, lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []);
  const fence = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return [`${fence}${language}`, ...lines.map(visible), fence].join("\n");
}

/** `1 resource`, `2 resources`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

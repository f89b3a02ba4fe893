/**
 * A document with a table between the two markers of its name; nothing else of it changes.
 *
 * @throws when it does not have each marker once, in order.
 */
export function withTable(document: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest, ...more] = document.split(start);
  const [stale, after, ...others] = rest?.split(end) ?? [];
  if (before === undefined || stale === undefined || after === undefined || more.length + others.length > 0) {
    throw new Error(`the table of ${name} stands between ${start} and ${end}, each once`);
  }
  // Prettier would pad every column to its longest cell.
  return `${before}${start}\n\n<!-- prettier-ignore-start -->\n${table}\n<!-- prettier-ignore-end -->\n\n${end}${after}`;
}

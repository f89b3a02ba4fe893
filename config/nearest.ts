/** The word that was probably meant: the only one that begins so, or one that a slip or two of the hand explains. */
export function nearest(written: string, words: readonly string[]): string | undefined {
  const text = written.toLowerCase();
  const begun = text.length < 3 ? [] : words.filter((word) => word.toLowerCase().startsWith(text));
  if (begun.length === 1) return begun[0];
  const [best] = words
    .map((word) => ({ word, distance: distance(text, word.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(1, text.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return best?.word;
}

/** Levenshtein's distance: the fewest letters to insert, remove or replace. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(from).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(to).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

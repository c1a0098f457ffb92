/** What was probably meant by a word that is none of those known. */

/** The known word that the fewest slips lead to: two at most, one in a short word; or the one that begins with it. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const small = word.toLowerCase();
  const most = word.length < 5 ? 1 : 2;
  const [first] = known
    .map((one) => ({ one, slips: distance(small, one.toLowerCase()) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips);
  return first?.one ?? begun(small, known);
}

/** The word that begins so, and that the others which do so begin with; by one letter nothing is meant. */
function begun(start: string, known: readonly string[]): string | undefined {
  const found = start.length < 2 ? [] : known.filter((one) => one.toLowerCase().startsWith(start));
  const [first] = found.sort((a, b) => a.length - b.length);
  return found.every((one) => one.startsWith(first!)) ? first : undefined;
}

/** Letters that are missing, too many, others, or swapped with their neighbours. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + other,
        swapped ? rows[i - 2]![j - 2]! + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

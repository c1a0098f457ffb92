/** Cells below each other. */

const GAP = "  ";

/** Lines of cells in columns, in so many characters: where they are too few, the widest columns are cut. */
export function aligned(rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): string[] {
  const columns = rows[0]?.map((_, i) => Math.max(...rows.map((row) => length(row[i]!)))) ?? [];
  const widths = narrowed(columns, width - gaps(columns.length));
  return rows.map((row) => line(row, widths));
}

/** A line of cells, each in its width. */
export function line(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, i) => fit(cell, widths[i]!))
    .join(GAP)
    .trimEnd();
}

/** How many characters lie between so many columns. */
export function gaps(columns: number): number {
  return GAP.length * (columns - 1);
}

/** How many characters a text has. */
export function length(text: string): number {
  return [...text].length;
}

function narrowed(widths: readonly number[], total: number): number[] {
  const found = [...widths];
  for (let over = found.reduce((sum, width) => sum + width, 0) - total; over > 0; over--) {
    const widest = found.indexOf(Math.max(...found));
    found[widest] = Math.max(1, found[widest]! - 1);
  }
  return found;
}

function fit(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width
    ? text + " ".repeat(width - characters.length)
    : `${characters.slice(0, Math.max(0, width - 1)).join("")}…`;
}

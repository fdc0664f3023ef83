/** Rows as aligned columns; the first row is the head. The last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => (column === columns - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  ")}`.trimEnd();
  return `${rows.map(line).join("\n")}\n`;
}

/**
 * Rows of as many cells each for a terminal, indented, a line each: cells stand below each other, and the last may be of any
 * width.
 */
export function alignedRows(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? [])
    .slice(0, -1)
    .map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0))
    return `  ${cells.join('  ')}`.trimEnd()
  })
}

/** One line of a difference: taken out, put in, or on both sides. */
export type DiffLine = readonly [mark: '-' | '+' | ' ', line: string]

/** Compares two lists of lines by their longest common part; the beginning and the end in common are left out. */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let start = 0
  while (start < before.length && before[start] === after[start]) start++
  let end = 0
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end))
    end++
  return wholeDiff(before.slice(start, before.length - end), after.slice(start, after.length - end))
}

/** Compares two lists of lines and gives all lines of both. */
export function wholeDiff(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const common = commonLengths(before, after)
  const lines: DiffLine[] = []
  let [left, right] = [0, 0]
  while (left < before.length || right < after.length) {
    const [old, fresh] = [before[left], after[right]]
    if (old !== undefined && old === fresh) {
      lines.push([' ', old])
      left++
      right++
    } else if (
      old !== undefined &&
      (fresh === undefined || at(common, left + 1, right) >= at(common, left, right + 1))
    ) {
      lines.push(['-', old])
      left++
    } else {
      lines.push(['+', fresh ?? ''])
      right++
    }
  }
  return lines
}

/** For each pair of places: how many lines the rests have in common, in order. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly Uint16Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  for (let left = before.length - 1; left >= 0; left--) {
    for (let right = after.length - 1; right >= 0; right--) {
      const row = table[left] as Uint16Array
      row[right] =
        before[left] === after[right]
          ? at(table, left + 1, right + 1) + 1
          : Math.max(at(table, left + 1, right), at(table, left, right + 1))
    }
  }
  return table
}

function at(table: readonly Uint16Array[], left: number, right: number): number {
  return table[left]?.[right] ?? 0
}

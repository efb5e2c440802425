// @ts-check
// `npm run layout`: prints how the house stands, folder by folder, and fails when it has outgrown its rules.
import { posix } from 'node:path'
import { findCircles, LAYERS, layerOf, ownImports, upwardImports } from './layers.mjs'
import { sourceFiles, sourceText } from './read-imports.mjs'

const MOST_FILES = 26
const MOST_LINES = 300
const LARGEST_MEDIAN = 110
/** Files that are one table, and would not be easier to read in two. */
const TABLES = ['tasks/task-table.ts']

const files = sourceFiles().map((path) => ({ path, lines: sourceText(path).split('\n').length - 1 }))
const imports = ownImports()
const circles = findCircles(imports)
const upward = upwardImports(imports)
const rooms = LAYERS.map(({ folder }) => ({
  folder: folder === '.' ? 'src' : folder,
  own: files.filter(({ path }) => posix.dirname(path) === folder),
})).filter(({ own }) => own.length > 0)

printTable([
  ['folder', 'files', 'lines', 'median', 'largest'],
  ...rooms.map(({ folder, own }) => [folder, ...figuresOf(own)]),
  [`${rooms.length} folders`, ...figuresOf(files)],
])
console.log(`\n${imports.length} imports, ${upward.length} upward, ${circles.length} circles`)

const faults = [
  ...files.filter(({ path }) => layerOf(path) < 0).map(({ path }) => `${path} is in none of the folders`),
  ...upward.map(({ from, to }) => `${from} imports ${to}, which is above it`),
  ...circles.map((circle) => `a circle: ${circle.join(', ')}`),
  ...rooms
    .filter(({ own }) => own.length > MOST_FILES)
    .map(({ folder, own }) => `${folder} has ${own.length} files, and ${MOST_FILES} is the most`),
  ...files
    .filter(({ path, lines }) => lines > MOST_LINES && !isTable(path))
    .map(({ path, lines }) => `${path} has ${lines} lines, and ${MOST_LINES} is the most`),
  ...(median(files) > LARGEST_MEDIAN
    ? [`the median file has ${median(files)} lines, and ${LARGEST_MEDIAN} is the most`]
    : []),
]
for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exit(1)

/** @param {string} path */
function isTable(path) {
  return path.endsWith('.generated.ts') || TABLES.includes(path)
}

/** @param {readonly { readonly path: string, readonly lines: number }[]} some */
function figuresOf(some) {
  const largest = some.reduce((left, right) => (right.lines > left.lines ? right : left))
  const lines = some.reduce((sum, file) => sum + file.lines, 0)
  return [
    String(some.length),
    String(lines),
    String(median(some)),
    `${largest.lines} ${posix.basename(largest.path)}`,
  ]
}

/** @param {readonly { readonly lines: number }[]} some */
function median(some) {
  const sorted = some.map(({ lines }) => lines).sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** @param {readonly (readonly string[])[]} rows */
function printTable(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 || column === row.length - 1
        ? cell.padEnd(widths[column] ?? 0)
        : cell.padStart(widths[column] ?? 0),
    )
    console.log(cells.join('  ').trimEnd())
  }
}

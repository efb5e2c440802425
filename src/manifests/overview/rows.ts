import type { CallOptions } from '../../aws/aws.js'
import { startAhead } from '../../aws/start-ahead.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import type { TaskName } from '../../tasks/task-table.js'
import type { Frame } from '../frames/frame.js'
import { endOnAbort } from '../read/end-on-abort.js'
import { refuseNoLabel, refuseNoLabels } from '../read/is-many.js'
import type { Line, Lines } from '../read/label.js'
import { readAnew } from '../read/read-anew.js'
import { unlessUsedUp } from '../read/unless-used-up.js'
import { columnsOf } from './row-columns.js'
import { type LeftOut, partsOfFrame, partsOfMask, partsOnLine, type RowPart } from './row-parts.js'

/**
 * A plain record for a table: its columns are the same, in the same order, for every row of a task.
 *
 * @example
 * const uri = 's3://acme-gt/out/signs/manifests/output/output.manifest'
 * const table: Row[] = []
 * for await (const row of rows(readLabels({ task: 'bounding-box', attribute: 'signs' }, uri, aws))) table.push(row)
 * console.table(table)
 */
export type Row = Readonly<Record<string, string | number | boolean | null>>

/**
 * Flattens labels to rows, for libraries of tables and plots: one for each class, verdict, box, span or value of an
 * object, for each class of a mask, and for each object of a frame. What has none of them has no row: failed and unlabeled
 * objects, images without a box, parts of a frame that cannot be read, pixels of a color of no class. `collect()` counts
 * those. Masks and sequences are fetched, up to sixteen at once, and come
 * in the order of their lines; the pixels of a mask are `null` where the manifest was read without a connection, and where
 * classes share a color. What is
 * not known is `null`; attributes, points and values of custom jobs are JSON text, moments are ISO 8601. Each loop reads
 * the labels anew.
 *
 * @throws LabelingJobError `refused-call` for what is no labels, and for sequences of a manifest that was read without a
 * connection; `client-missing` for image masks without the package `fast-png`; `aborted` once `signal` is aborted; and what
 * reading the labels throws.
 * @example
 * const labels = readLabels({ task: 'bounding-box', attribute: 'boxes' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])
 * for await (const { source, className, left, top } of rows(labels)) console.log(source, className, left, top)
 */
export function rows(labels: Lines, options: CallOptions = {}): AsyncIterable<Row> {
  return readAnew(() => rowsOf(labels, options), 'rows')
}

async function* rowsOf(labels: Lines, options: CallOptions): AsyncGenerator<Row, void> {
  refuseNoLabels('rows', labels)
  refuseUnknownOptions({ call: 'rows', what: WHAT }, options, ['signal'])
  const lines = unlessUsedUp(labels, { call: 'rows', what: WHAT })
  for await (const { rows } of linesWithRows(lines, options)) for await (const list of rows) yield* list
}

/** A line of a manifest with its rows. */
export interface LineWithRows {
  readonly line: Line
  /** List by list; to be read before the next line is asked for. */
  readonly rows: AsyncIterable<readonly Row[]>
  /** What has no row, once the rows are read. */
  readonly leftOut: Readonly<LeftOut>
}

/** Gives lines with their rows, one after the other; what they keep in files is fetched ahead. */
export async function* linesWithRows(
  lines: AsyncIterable<Line> | Iterable<Line>,
  options: CallOptions,
): AsyncGenerator<LineWithRows, void> {
  const columns = new Map<TaskName, readonly string[]>()
  const source = endOnAbort(lines, options.signal, WHAT)
  for await (const started of startAhead(source, AT_ONCE, (line) => startLine(line, options), drop)) {
    const { line, parts, leftOut } = started
    const names = columns.get(line.task) ?? columnsOf(line.task)
    columns.set(line.task, names)
    yield { line, leftOut, rows: rowsOfParts(line, parts, names) }
  }
}

async function* rowsOfParts(
  line: Line,
  parts: StartedLine['parts'],
  columns: readonly string[],
): AsyncGenerator<readonly Row[], void> {
  for await (const list of parts) yield list.map((part) => rowOf(line, part, columns))
}

const WHAT = 'Cannot make rows of labels'
const AT_ONCE = 16

interface StartedLine {
  readonly line: Line
  readonly leftOut: LeftOut
  /** What the label's line or file has, list by list. */
  readonly parts: AsyncIterable<readonly RowPart[]> | Iterable<readonly RowPart[]>
  /** Frames that were asked for. */
  readonly frames?: AsyncIterator<Frame, unknown>
}

/** Begins to fetch what a label keeps in an object of its own: of a sequence no more than its first frame. */
function startLine(line: Line, options: CallOptions): StartedLine {
  refuseNoLabel('rows', line)
  const leftOut: LeftOut = { unreadableParts: 0, unknownPixels: 0 }
  if (line.status !== 'labeled') return { line, leftOut, parts: [] }
  if ('mask' in line) {
    const parts = partsOfMask(line, leftOut, options)
    // It is awaited in its turn; until then its failure is nobody's.
    parts.catch(() => {})
    return { line, leftOut, parts: { [Symbol.asyncIterator]: () => once(parts) } }
  }
  if ('frames' in line) {
    const frames = line.frames(options)[Symbol.asyncIterator]()
    const first = frames.next()
    first.catch(() => {})
    const parts = { [Symbol.asyncIterator]: () => framesFrom(first, frames, leftOut) }
    return { line, leftOut, frames, parts }
  }
  return { line, leftOut, parts: [partsOnLine(line)] }
}

function drop({ frames }: StartedLine): void {
  frames?.return?.().catch(() => {})
}

async function* once(parts: Promise<readonly RowPart[]>): AsyncGenerator<readonly RowPart[], void> {
  yield await parts
}

async function* framesFrom(
  first: Promise<IteratorResult<Frame, unknown>>,
  rest: AsyncIterator<Frame, unknown>,
  leftOut: LeftOut,
): AsyncGenerator<readonly RowPart[], void> {
  try {
    for (let next = await first; next.done !== true; next = await rest.next())
      yield partsOfFrame(next.value, leftOut)
  } finally {
    await rest.return?.()
  }
}

function rowOf(line: Line, part: RowPart, columns: readonly string[]): Row {
  const row: Record<string, string | number | boolean | null> = {}
  for (const column of columns) {
    row[column] = cellOf(column in part ? part[column] : (line as unknown as RowPart)[column])
  }
  return row
}

function cellOf(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return value instanceof Date ? value.toISOString() : JSON.stringify(value)
}

import type { CallOptions } from '../aws/aws.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import { columnsOf, OBJECT_COLUMNS } from '../manifests/overview/row-columns.js'
import { type LineWithRows, linesWithRows, type Row } from '../manifests/overview/rows.js'
import { refuseNoLabel, refuseNoLabels } from '../manifests/read/is-many.js'
import type { Line, Lines } from '../manifests/read/label.js'
import { readAnew } from '../manifests/read/read-anew.js'
import { unlessUsedUp } from '../manifests/read/unless-used-up.js'
import { GrowingBytes } from '../manifests/write/growing-bytes.js'
import type { TaskName } from '../tasks/task-table.js'
import { csvLine } from './csv-line.js'
import type { ExportFile, Files } from './export-file.js'
import { refuseExport } from './options/refuse-export.js'

/**
 * Makes two tables (RFC 4180, UTF-8) of the labels of any task: `labels.csv` with what `rows()` gives, a line for each
 * class, box, span or object of a frame, and `objects.csv` with a line for each object of the manifest, also those that
 * are labeled with nothing, failed or cannot be read: how many lines of `labels.csv` it has, how many parts of its frames
 * cannot be read, and how many pixels of its mask have a color of no class or of several. What is not known is
 * empty. Texts stand as they are: a spreadsheet may take one that begins with `=` for a formula, so import columns as
 * text. Labels of a task and of its adjustment may come together, as of jobs of which some were adjusted: `adjusted` is
 * empty for those that were not. The text of the two files is held in memory.
 *
 * @throws LabelingJobError `refused-call` for what are no labels, and for labels of several other tasks, whose columns differ;
 * `aborted`; and what reading the labels throws.
 * @example
 * const labels = readLabels({ task: 'bounding-box', attribute: 'boxes' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])
 * await writeFiles(toCsv(labels), 'tables')
 */
export function toCsv(labels: Lines, options: CallOptions = {}): Files {
  refuseNoLabels(CALL, labels)
  refuseUnknownOptions({ call: CALL, what: WHAT }, options, ['signal'])
  return readAnew(() => csvFiles(labels, options), 'files')
}

const CALL = 'toCsv'
const WHAT = `Cannot export with ${CALL}()`

async function* csvFiles(labels: Lines, options: CallOptions): AsyncGenerator<ExportFile, void> {
  const table = startTable()
  const objects = new GrowingBytes()
  objects.append(csvLine(OBJECTS))
  async function* seen(): AsyncGenerator<Line, void> {
    for await (const line of unlessUsedUp(labels, { call: CALL, what: WHAT })) {
      refuseNoLabel(CALL, line)
      table.see(line)
      yield line
    }
  }
  for await (const { line, rows, leftOut } of linesWithRows(seen(), options)) {
    let count = 0
    for await (const list of rows) {
      for (const row of list) table.add(row)
      count += list.length
    }
    objects.append(csvLine(cellsOf(line, count, leftOut)))
  }
  yield { path: 'labels.csv', content: table.end() }
  yield { path: 'objects.csv', content: objects.whole() }
}

/** Puts rows below each other; those of a task and of its adjustment, which have a column more. */
function startTable() {
  const lines: { readonly text: string; readonly isNarrow: boolean }[] = []
  let family: TaskName | undefined
  let columns: readonly string[] = OBJECT_COLUMNS
  return {
    see(line: Line) {
      const own = baseOf(line.task)
      if (family !== undefined && family !== own) throw refusedTasks(family, line)
      family = own
      const its = columnsOf(line.task)
      if (its.length > columns.length) columns = its
    },
    add(row: Row) {
      const cells = Object.values(row)
      lines.push({ text: csvLine(cells), isNarrow: row['task'] === family })
    },
    end() {
      const whole = new GrowingBytes()
      whole.append(csvLine(columns))
      const isWide = columns.at(-1) === 'adjusted'
      for (const { text, isNarrow } of lines)
        whole.append(isWide && isNarrow ? `${text.slice(0, -1)},\n` : text)
      return whole.whole()
    },
  }
}

function baseOf(task: TaskName): TaskName {
  return task.replace(/-adjustment$/, '') as TaskName
}

function refusedTasks(task: TaskName, { lineNumber, task: other }: Line): Error {
  return refuseExport(CALL, {
    why: `line ${lineNumber} is a label of ${other}, those before it are of ${task}`,
    fix: 'Export the labels of each task by themselves: their columns differ',
    received: other,
    expected: task,
  })
}

const OBJECTS = [
  'lineNumber',
  'source',
  'status',
  'labels',
  'unreadableParts',
  'unknownPixels',
  'reason',
  'jobName',
  'humanAnnotated',
  'createdAt',
]

function cellsOf(line: Line, labels: number, { unreadableParts, unknownPixels }: LineWithRows['leftOut']) {
  const facts = line as unknown as Readonly<Record<string, unknown>>
  const of = (name: string) => facts[name] as string | boolean | undefined
  const createdAt = facts['createdAt'] instanceof Date ? facts['createdAt'].toISOString() : undefined
  return [
    line.lineNumber,
    of('source'),
    line.status,
    labels,
    unreadableParts,
    unknownPixels,
    of('reason'),
    of('jobName'),
    of('humanAnnotated'),
    createdAt,
  ]
}

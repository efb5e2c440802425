import type { CallOptions } from '../aws/aws.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import { givenNo } from '../errors/refused-call.js'
import { columnsOf } from '../manifests/overview/row-columns.js'
import { rows } from '../manifests/overview/rows.js'
import { isMany } from '../manifests/read/is-many.js'
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
 * are labeled with nothing, failed or cannot be read, and how many lines of `labels.csv` it has. What is not known is
 * empty. Texts stand as they are: a spreadsheet may take one that begins with `=` for a formula, so import columns as
 * text. The text of the two files is held in memory.
 *
 * @throws LabelingJobError `refused-call` for what are no labels, and for labels of several tasks, whose columns differ;
 * `aborted`; and what reading the labels throws.
 * @example
 * const labels = readLabels({ task: 'bounding-box', attribute: 'boxes' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])
 * await writeFiles(toCsv(labels), 'tables')
 */
export function toCsv(labels: Lines, options: CallOptions = {}): Files {
  if (!isMany(labels)) throw givenNo(CALL, 'labels: give what readLabels() yields', labels)
  refuseUnknownOptions({ call: CALL, what: WHAT }, options, ['signal'])
  return readAnew(() => csvFiles(labels, options))
}

const CALL = 'toCsv'
const WHAT = `Cannot export with ${CALL}()`

async function* csvFiles(labels: Lines, options: CallOptions): AsyncGenerator<ExportFile, void> {
  const table = new GrowingBytes()
  const objects = startObjects()
  let task: TaskName | undefined
  async function* seen(): AsyncGenerator<Line, void> {
    for await (const line of unlessUsedUp(labels, { call: CALL, what: WHAT })) {
      if (task === undefined) table.append(csvLine(columnsOf(line.task)))
      else if (task !== line.task) throw refusedTasks(task, line)
      task = line.task
      objects.add(line)
      yield line
    }
  }
  for await (const row of rows(seen(), options)) {
    objects.count(Number(row['lineNumber']))
    table.append(csvLine(Object.values(row)))
  }
  yield { path: 'labels.csv', content: table.whole() }
  yield { path: 'objects.csv', content: objects.end() }
}

function refusedTasks(task: TaskName, { lineNumber, task: other }: Line): Error {
  return refuseExport(CALL, {
    why: `line ${lineNumber} is a label of ${other}, those before it are of ${task}`,
    fix: 'Export the labels of each task by themselves: their columns differ',
    received: other,
    expected: task,
  })
}

/** Writes the line of an object once its labels have come by: rows come in the order of the objects, but later. */
function startObjects() {
  const text = new GrowingBytes()
  const waiting: { readonly line: Line; labels: number }[] = []
  text.append(
    csvLine(['lineNumber', 'source', 'status', 'labels', 'reason', 'jobName', 'humanAnnotated', 'createdAt']),
  )
  const writeFirst = () => {
    const first = waiting.shift()
    if (first !== undefined) text.append(csvLine(cellsOf(first.line, first.labels)))
  }
  return {
    add: (line: Line) => void waiting.push({ line, labels: 0 }),
    count(lineNumber: number) {
      while (waiting.length > 1 && waiting[0]?.line.lineNumber !== lineNumber) writeFirst()
      const [first] = waiting
      if (first !== undefined) first.labels += 1
    },
    end() {
      while (waiting.length > 0) writeFirst()
      return text.whole()
    },
  }
}

function cellsOf(line: Line, labels: number) {
  const facts = line as unknown as Readonly<Record<string, unknown>>
  const of = (name: string) => facts[name] as string | boolean | undefined
  const createdAt = facts['createdAt'] instanceof Date ? facts['createdAt'].toISOString() : undefined
  return [
    line.lineNumber,
    of('source'),
    line.status,
    labels,
    of('reason'),
    of('jobName'),
    of('humanAnnotated'),
    createdAt,
  ]
}

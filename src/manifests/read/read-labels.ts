import type { Aws, CallOptions } from '../../aws/aws.js'
import { formatValue } from '../../errors/format-value.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { refusedCall } from '../../errors/refused-call.js'
import type { S3UriText } from '../../names/s3-uri.js'
import { isTaskName, TASK_NAMES } from '../../tasks/task-kinds.js'
import type { TaskName } from '../../tasks/task-table.js'
import { endOnAbort } from './end-on-abort.js'
import type { Label, Line } from './label.js'
import { makeLabelFiles } from './label-files.js'
import { lineUnreadable } from './line-unreadable.js'
import { watchAttribute } from './missing-attribute.js'
import { oneByOne } from './one-by-one.js'
import { makeLineParser } from './parse-line.js'
import { readAnew } from './read-anew.js'
import { openSource, type Source } from './source.js'
import { isBlank, splitLines, type TextLine } from './split-lines.js'

/** Which labels to read. */
export interface WhichLabels<Name extends TaskName> {
  /** The task of the job that wrote the labels. */
  readonly task: Name
  /** The job's label attribute name. */
  readonly attribute: string
}

/** What becomes of a line that cannot be read. */
export interface BadLines<Bad extends 'throw' | 'report'> {
  /** `throw` stops at the first line that cannot be read, `report` yields it and goes on. Default: `throw`. */
  readonly onBadLine?: Bad
}

/** What `readLabels` yields: with `onBadLine: 'report'` also the lines that cannot be read. */
export type LineOr<Bad extends 'throw' | 'report', Name extends TaskName> = Bad extends 'report'
  ? Line<Name>
  : Label<Name>

/**
 * Reads an output manifest as a stream, one label at a time, typed by task; memory does not grow with its size.
 * Failed and unlabeled objects come too: look at `status`. Each loop over the result reads anew; a stream can be
 * read by one loop only. From S3 it needs `s3:GetObject` on the manifest, and `kms:Decrypt` on the key it is
 * encrypted with.
 *
 * @throws LabelingJobError `line-unreadable` for a line that is not a JSON object in UTF-8, has no source, or
 * carries a label of another task; with `onBadLine: 'report'` such lines come with the status `unreadable`.
 * @throws LabelingJobError `refused-call` at the end of a manifest that has labels, but none under the attribute:
 * it says under which attributes there are labels; and for a stream that was read before.
 * @throws LabelingJobError `aborted` once `signal` is aborted.
 * @throws LabelingJobError `network` when S3 gives less than the whole object, and what S3 answers: `not-found`,
 * `access-denied`.
 * @example
 * const parts = ['{"source-ref": "s3://acme-gt/1.jpg"}'] // or a stream: of a file, or the body of an S3 object
 * for await (const label of readLabels({ task: 'bounding-box', attribute: 'boxes' }, parts)) {
 *   if (label.status === 'labeled') console.log(label.source, label.boxes)
 * }
 */
export function readLabels<Name extends TaskName, Bad extends 'throw' | 'report' = 'throw'>(
  which: WhichLabels<Name> & BadLines<Bad>,
  source: Source,
  aws?: Aws,
  options?: CallOptions,
): AsyncIterable<LineOr<Bad, Name>>
/** Reads an output manifest from S3 as a stream, one label at a time; see above. */
export function readLabels<Name extends TaskName, Bad extends 'throw' | 'report' = 'throw'>(
  which: WhichLabels<Name> & BadLines<Bad>,
  uri: S3UriText,
  aws: Aws,
  options?: CallOptions,
): AsyncIterable<LineOr<Bad, Name>>
export function readLabels<Name extends TaskName>(
  which: WhichLabels<Name> & BadLines<'throw' | 'report'>,
  from: Source | string,
  aws?: Aws,
  options: CallOptions = {},
): AsyncIterable<Line<Name>> {
  return readAnew(() => oneByOne(labelBatches(which, from, aws, options, true)), 'labels')
}

/**
 * Reads the output manifest of a job whose label attribute AWS itself has named: when no line has it, the job has
 * labeled nothing, which is no mistake of the caller.
 */
export function readJobLabels<Name extends TaskName>(
  which: WhichLabels<Name> & BadLines<'throw' | 'report'>,
  uri: string,
  aws: Aws,
): AsyncIterable<Line<Name>> {
  return readAnew(() => oneByOne(labelBatches(which, uri, aws, {}, false)), 'labels')
}

async function* labelBatches<Name extends TaskName>(
  which: WhichLabels<Name> & BadLines<'throw' | 'report'>,
  from: Source | string,
  aws: Aws | undefined,
  options: CallOptions,
  isAttributeToldByCaller: boolean,
): AsyncGenerator<Generator<Line<Name>, void>, void> {
  refuseWrong(which, options)
  const { task, attribute, onBadLine = 'throw' } = which
  const parse = makeLineParser(task, attribute, makeLabelFiles(aws))
  const watch = watchAttribute(attribute)
  let isWatching = isAttributeToldByCaller
  let lineNumber = 0
  const source = endOnAbort(openSource('readLabels', from, aws, options), options.signal, READING)
  for await (const lines of splitLines(source)) yield labelsOf(lines)
  if (isWatching) watch.end()

  function* labelsOf(lines: readonly TextLine[]): Generator<Line<Name>, void> {
    for (const text of lines) {
      lineNumber += 1
      if (text !== undefined && isBlank(text)) continue
      const label = parse(text, lineNumber)
      if (label.status === 'unreadable' && onBadLine === 'throw') {
        throw lineUnreadable(lineNumber, label.reason)
      }
      if (isWatching) isWatching = watch.isAbsentFrom(label)
      yield label
    }
  }
}

const READING = 'Cannot read labels'
function refuseWrong(which: unknown, options: CallOptions): void {
  refuseUnknownOptions({ call: 'readLabels', what: READING }, options, ['signal'])
  refuseWrongWhich('readLabels', which, ['task', 'attribute', 'onBadLine'])
}

/**
 * Refuses what does not say which labels to read.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseWrongWhich(call: string, which: unknown, known: readonly string[]): void {
  const what = READING
  if (typeof which === 'string')
    throw refusedCall(call, 'what to read comes first, as { task, attribute }, and the manifest after it')
  refuseUnknownOptions({ call, what }, which, known)
  const { task, attribute, onBadLine } = which as Readonly<Record<string, unknown>>
  const wrong = [
    ...(isTaskName(task) ? [] : [['task', task, `task is the name of a task${taskMeant(task)}`]]),
    ...(isAttribute(attribute)
      ? []
      : [['attribute', attribute, 'attribute is a label attribute name, without -metadata']]),
    ...(onBadLine === undefined || onBadLine === 'throw' || onBadLine === 'report'
      ? []
      : [['onBadLine', onBadLine, "onBadLine is 'throw' or 'report'"]]),
  ]
  if (wrong.length === 0) return
  throw new LabelingJobError({
    code: 'refused-call',
    what,
    why: `what to read is not told as it should be: ${wrong.map(([name, value]) => `${name} is ${formatValue(value)}`).join(', ')}`,
    fix: `Give options in which ${wrong.map(([, , expected]) => expected).join(', ')}`,
    data: { call },
  })
}

/** AWS takes no label attribute name that ends so. */
function isAttribute(attribute: unknown): boolean {
  return typeof attribute === 'string' && attribute !== '' && !attribute.endsWith('-metadata')
}

function taskMeant(task: unknown): string {
  const lettersOf = (name: unknown) =>
    String(name)
      .toLowerCase()
      .replaceAll(/[^a-z\d]/g, '')
  const meant = TASK_NAMES.find((name) => lettersOf(name) === lettersOf(task))
  return meant === undefined ? `: ${TASK_NAMES.join(', ')}` : ` (did you mean '${meant}'?)`
}

import type { TaskName } from '../../tasks/task-table.js'
import type { Label, Line } from './label.js'
import { ManifestUnreadableError } from './manifest-unreadable-error.js'
import { oneByOne } from './one-by-one.js'
import { makeLineParser } from './parse-line.js'
import { type Source, splitLines, type TextLine } from './split-lines.js'

/** Which labels to read. */
export interface ReadLabelsOptions<Name extends TaskName> {
  /** The task of the job that wrote the labels. */
  readonly task: Name
  /** The job's label attribute name. */
  readonly attribute: string
  /** `throw` stops at the first line that cannot be read, `report` yields it and goes on. Default: `throw`. */
  readonly onBadLine?: 'throw' | 'report'
}

/**
 * Reads an output manifest as a stream, one label at a time, typed by task; memory does not grow with its size.
 * Failed and unlabeled objects come too: look at `status`.
 *
 * @throws ManifestUnreadableError (`manifest-invalid`) for a line that is no JSON object in UTF-8, has no source,
 * or carries a label of another task; with `onBadLine: 'report'` such lines come with the status `unreadable`.
 * @example
 * const parts = ['{"source-ref": "s3://acme-gt/1.jpg"}'] // or a stream: of a file, or the body of an S3 object
 * for await (const label of readLabels({ task: 'bounding-box', attribute: 'boxes' }, parts)) {
 *   if (label.status === 'labeled') console.log(label.source, label.boxes)
 * }
 */
export function readLabels<Name extends TaskName>(
  options: ReadLabelsOptions<Name> & { readonly onBadLine?: 'throw' },
  source: Source,
): AsyncIterableIterator<Label<Name>, void>
/** Reads an output manifest as a stream; lines that cannot be read come with the status `unreadable`. */
export function readLabels<Name extends TaskName>(
  options: ReadLabelsOptions<Name>,
  source: Source,
): AsyncIterableIterator<Line<Name>, void>
export function readLabels<Name extends TaskName>(
  options: ReadLabelsOptions<Name>,
  source: Source,
): AsyncIterableIterator<Line<Name>, void> {
  return oneByOne(labelBatches(options, source))
}

async function* labelBatches<Name extends TaskName>(
  { task, attribute, onBadLine = 'throw' }: ReadLabelsOptions<Name>,
  source: Source,
): AsyncGenerator<Generator<Line<Name>, void>, void> {
  const parse = makeLineParser(task, attribute)
  let lineNumber = 0
  for await (const lines of splitLines(source)) yield labelsOf(lines)

  function* labelsOf(lines: readonly TextLine[]): Generator<Line<Name>, void> {
    for (const text of lines) {
      lineNumber += 1
      if (text !== undefined && isBlank(text)) continue
      const label = parse(text, lineNumber)
      if (label.status === 'unreadable' && onBadLine === 'throw') {
        throw new ManifestUnreadableError(lineNumber, label.reason)
      }
      yield label
    }
  }
}

const OPENING_BRACE = 123

function isBlank(text: string): boolean {
  return text.charCodeAt(0) !== OPENING_BRACE && text.trim() === ''
}

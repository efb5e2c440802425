import type { Aws, CallOptions } from '../../aws/aws.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { givenNo, refusedCall } from '../../errors/refused-call.js'
import type { S3UriText } from '../../names/s3-uri.js'
import type { TaskName } from '../../tasks/task-table.js'
import { endOnAbort } from './end-on-abort.js'
import type { Label } from './label.js'
import { makeLabelFiles } from './label-files.js'
import { lineUnreadable } from './line-unreadable.js'
import { watchAttribute } from './missing-attribute.js'
import { makeRecordParser, parseRecord } from './parse-line.js'
import { readAnew } from './read-anew.js'
import { refuseWrongWhich, type WhichLabels } from './read-labels.js'
import { openSource, type Source } from './source.js'
import { isBlank, splitLines } from './split-lines.js'

/** A data object with what each job of a chain made of it. */
export interface Rounds<Name extends TaskName = TaskName> {
  /** The `s3://` address of the object, or the text itself. */
  readonly source: string
  /** Counted from 1, empty lines included. */
  readonly lineNumber: number
  /** One for each job that was asked for, in that order: labeled, failed, or `unlabeled` where a job did not come to it. */
  readonly rounds: readonly Label<Name>[]
}

/**
 * Reads the labels of several jobs from one output manifest, the jobs of a chain for instance: labels, their
 * verification, their adjustment. Each job keeps its own attribute on the line of an object. A stream as `readLabels`
 * is one, and with the same rights.
 *
 * @throws LabelingJobError `line-unreadable` for a line that cannot be read, under any of the attributes.
 * @throws LabelingJobError `refused-call` at the end of a manifest that has labels, but none under one of the attributes;
 * when no job is given, or two with the same attribute; for a stream that was read before.
 * @throws LabelingJobError `aborted`, `network`, and what S3 answers: `not-found`, `access-denied`.
 * @example
 * const manifest = ['{"source-ref": "s3://acme-gt/1.jpg", "boxes": {"annotations": []}, "check": 0}']
 * const jobs = [{ task: 'bounding-box', attribute: 'boxes' }, { task: 'bounding-box-verification', attribute: 'check' }] as const
 * for await (const { source, rounds } of readRounds(jobs, manifest)) console.log(source, rounds.at(-1)?.status)
 */
export function readRounds<Name extends TaskName>(
  which: readonly WhichLabels<Name>[],
  source: Source | S3UriText,
  aws?: Aws,
  options: CallOptions = {},
): AsyncIterable<Rounds<Name>> {
  return readAnew(() => rounds(which, source, aws, options), 'objects with their rounds')
}

async function* rounds<Name extends TaskName>(
  which: readonly WhichLabels<Name>[],
  source: Source | S3UriText,
  aws: Aws | undefined,
  options: CallOptions,
): AsyncGenerator<Rounds<Name>, void> {
  refuseWrong(which, options)
  const files = makeLabelFiles(aws)
  const jobs = which.map(({ task, attribute }) => ({
    parse: makeRecordParser(task, attribute, files),
    watch: watchAttribute(attribute),
    isWatching: true,
  }))
  let lineNumber = 0
  const parts = endOnAbort(
    openSource('readRounds', source, aws, options),
    options.signal,
    'Cannot read labels',
  )
  for await (const lines of splitLines(parts)) {
    for (const text of lines) {
      lineNumber += 1
      if (text !== undefined && isBlank(text)) continue
      const record = parseRecord(text)
      if (typeof record === 'string') throw lineUnreadable(lineNumber, record, FIX)
      const labels = jobs.map((job) => {
        const label = job.parse(record, lineNumber)
        if (label.status === 'unreadable') throw lineUnreadable(lineNumber, label.reason, FIX)
        if (job.isWatching) job.isWatching = job.watch.isAbsentFrom(label)
        return label as Label<Name>
      })
      yield { source: (labels[0] as Label<Name>).source, lineNumber, rounds: labels }
    }
  }
  for (const job of jobs) if (job.isWatching) job.watch.end()
}

const FIX = 'Correct the line, or give each job with the task that it had'

function refuseWrong(which: unknown, options: CallOptions): void {
  refuseUnknownOptions({ call: 'readRounds', what: 'Cannot read labels' }, options, ['signal'])
  if (!Array.isArray(which) || which.length === 0) {
    throw givenNo('readRounds', 'jobs: give a task and an attribute for each, in a list', which)
  }
  for (const one of which) refuseWrongWhich('readRounds', one, ['task', 'attribute'])
  const attributes = which.map((one: WhichLabels<TaskName>) => one.attribute)
  const twice = attributes.find((attribute, at) => attributes.indexOf(attribute) !== at)
  if (twice !== undefined) {
    throw refusedCall('readRounds', `it was given the attribute "${twice}" twice: each job has its own`)
  }
}

import type { Aws, CallOptions } from '../../aws/aws.js'
import { countOf } from '../../errors/count-of.js'
import { printable } from '../../errors/printable.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { asRecord, EMPTY_RECORD, type JsonRecord } from '../../json/loose-values.js'
import type { S3UriText } from '../../names/s3-uri.js'
import { makeShown, type Shown } from '../../show/shown.js'
import type { TaskName } from '../../tasks/task-table.js'
import { endOnAbort } from '../read/end-on-abort.js'
import { makeLabelFiles } from '../read/label-files.js'
import { labelAttributesOf } from '../read/missing-attribute.js'
import { makeRecordParser, parseRecord, type RecordParser } from '../read/parse-line.js'
import { openSource, type Source } from '../read/source.js'
import { isBlank, splitLines } from '../read/split-lines.js'
import { taskOfMetadata } from './tasks-by-type.js'

/** What a manifest has: which jobs labeled its objects, under which attributes. */
export interface ManifestInspection extends Shown<object> {
  /** Lines that could be read. */
  readonly objects: number
  readonly unreadable: number
  /** In the order in which they first occur. */
  readonly attributes: readonly InspectedAttribute[]
}

/** The labels under one attribute. */
export interface InspectedAttribute {
  readonly attribute: string
  /** `unknown` where the metadata tell no task, or labels of several tasks are under one attribute. */
  readonly task: TaskName | 'unknown'
  readonly labeled: number
  readonly failed: number
  /** Labels that do not have the form of their task. */
  readonly unreadable: number
  /** The names of the jobs, the first hundred of them. */
  readonly jobs: readonly string[]
}

/**
 * Looks through an output manifest and says which label attributes it has, of which task, and how many labels of each:
 * what `readLabels` has to be told. Lines that cannot be read are counted. From S3 it needs `s3:GetObject` on the
 * manifest, and `kms:Decrypt` on the key it is encrypted with.
 *
 * @throws LabelingJobError `refused-call` for what is no source and for a stream that was read before, `aborted`,
 * `network`, and what S3 answers: `not-found`, `access-denied`.
 * @example
 * const manifest = ['{"source-ref": "s3://acme-gt/1.jpg", "sky": 0, "sky-metadata": {"type": "groundtruth/image-classification"}}']
 * const { attributes } = await inspectManifest(manifest)
 */
export async function inspectManifest(
  source: Source | S3UriText,
  aws?: Aws,
  options: CallOptions = {},
): Promise<ManifestInspection> {
  refuseUnknownOptions({ call: 'inspectManifest', what: WHAT }, options, ['signal'])
  const found = new Map<string, AttributeCounts>()
  let objects = 0
  let unreadable = 0
  const parts = endOnAbort(openSource('inspectManifest', source, aws, options), options.signal, WHAT)
  for await (const lines of splitLines(parts)) {
    for (const text of lines) {
      if (text !== undefined && isBlank(text)) continue
      const line = parseRecord(text)
      if (typeof line === 'string' || !('source' in line || 'source-ref' in line)) {
        unreadable += 1
        continue
      }
      objects += 1
      for (const attribute of labelAttributesOf(line)) {
        const counts = found.get(attribute) ?? makeCounts()
        found.set(attribute, counts)
        countLabel(counts, attribute, line)
      }
    }
  }
  const attributes = [...found].map(([attribute, { tasks, jobs, labeled, failed, unreadable }]) =>
    Object.freeze({
      attribute,
      task: tasks.size === 1 ? ([...tasks][0] as TaskName | 'unknown') : ('unknown' as const),
      labeled,
      failed,
      unreadable,
      jobs: Object.freeze([...jobs]),
    }),
  )
  const data = { objects, unreadable, attributes: Object.freeze(attributes) }
  return makeShown(data, { text: () => inWords(data) })
}

const WHAT = 'Cannot inspect the manifest'
const MOST_JOBS = 100

interface AttributeCounts {
  labeled: number
  failed: number
  unreadable: number
  readonly tasks: Set<TaskName | 'unknown'>
  readonly jobs: Set<string>
  readonly parsers: Map<TaskName, RecordParser<TaskName>>
}

function makeCounts(): AttributeCounts {
  return { labeled: 0, failed: 0, unreadable: 0, tasks: new Set(), jobs: new Set(), parsers: new Map() }
}

const FILES = /* @__PURE__ */ makeLabelFiles(undefined)

function countLabel(counts: AttributeCounts, attribute: string, line: JsonRecord): void {
  const metadata = asRecord(line[`${attribute}-metadata`]) ?? EMPTY_RECORD
  const task = taskOfMetadata(metadata, line)
  // A label whose task is not known can be of any form, as those of custom jobs can.
  const readAs = task ?? 'custom'
  const parse = counts.parsers.get(readAs) ?? makeRecordParser<TaskName>(readAs, attribute, FILES)
  counts.parsers.set(readAs, parse)
  const label = parse(line, 0)
  if (label.status === 'unlabeled') return
  counts[label.status] += 1
  // A failed object may have metadata that say no more than that.
  if (label.status === 'labeled' || task !== undefined) counts.tasks.add(task ?? 'unknown')
  const job = label.status === 'unreadable' ? undefined : label.jobName
  if (job !== undefined && counts.jobs.size < MOST_JOBS) counts.jobs.add(job)
}

function inWords({ objects, unreadable, attributes }: Omit<ManifestInspection, keyof Shown<object>>): string {
  const lines = attributes.map((one) =>
    [
      `${one.attribute}: ${one.task}, ${one.labeled} labeled, ${one.failed} failed`,
      ...(one.unreadable === 0 ? [] : [`${one.unreadable} of another form`]),
      ...(one.jobs.length === 0 ? [] : [`by ${one.jobs.join(', ')}`]),
    ].join(', '),
  )
  return [
    `${countOf(objects, 'object')}${unreadable === 0 ? '' : `, ${unreadable} unreadable`}`,
    ...(lines.length === 0 ? ['no labels'] : lines).map((line) => `  ${printable(line)}`),
  ].join('\n')
}

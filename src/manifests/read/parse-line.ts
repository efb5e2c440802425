import { isTooDeep, TOO_DEEP } from '../../json/is-too-deep.js'
import {
  asConfidence,
  asNumber,
  asRecord,
  asText,
  EMPTY_RECORD,
  type JsonRecord,
} from '../../json/loose-values.js'
import { isS3Uri, type S3Uri } from '../../names/s3-uri.js'
import type { TaskName } from '../../tasks/task-table.js'
import { TASK_TABLE } from '../../tasks/task-table.js'
import type { Line } from './label.js'
import type { LabelFiles } from './label-files.js'
import { KINDS_BY_TYPE, LABEL_KINDS, type LabelKind } from './label-kinds.js'
import { CONTENT_PARSERS, type ContentParser } from './parse-content.js'
import { parseCreationDate } from './parse-creation-date.js'

/** Reads one line of an output manifest, given as text; `undefined` stands for bytes that are not UTF-8. */
export type LineParser<Name extends TaskName> = (text: string | undefined, lineNumber: number) => Line<Name>

/** Reads one line of an output manifest, given as JSON. */
export type RecordParser<Name extends TaskName> = (line: JsonRecord, lineNumber: number) => Line<Name>

/** Makes the parser for the labels that a job of a task wrote under an attribute. */
export function makeLineParser<Name extends TaskName>(
  task: Name,
  attribute: string,
  files: LabelFiles,
): LineParser<Name> {
  const parse = makeRecordParser(task, attribute, files)
  return (text, lineNumber) => {
    const line = parseRecord(text)
    if (typeof line !== 'string') return parse(line, lineNumber)
    return { status: 'unreadable', task, lineNumber, reason: line }
  }
}

/** Makes the same for lines that are JSON already. */
export function makeRecordParser<Name extends TaskName>(
  task: Name,
  attribute: string,
  files: LabelFiles,
): RecordParser<Name> {
  const kind = LABEL_KINDS[task]
  const parseContent: ContentParser = CONTENT_PARSERS[kind]
  const metadataKey = `${attribute}-metadata`
  const sourceKey = TASK_TABLE[task].source
  const otherSourceKey = sourceKey === 'source' ? 'source-ref' : 'source'
  const isAdjustment = task.endsWith('-adjustment')
  const isInherited = attribute in Object.prototype
  // Measured: comparing strings is cheaper than hashing or cutting them, and lines of one job have one type and name.
  const usualType = [...KINDS_BY_TYPE].find(([, made]) => made === kind)?.[0] ?? NO_TYPE
  let lastName: unknown
  let jobName: string | undefined

  return ((line, lineNumber) => {
    const source = asText(line[sourceKey]) ?? asText(line[otherSourceKey])
    if (source === undefined) return { status: 'unreadable', task, lineNumber, reason: NO_SOURCE }
    // Attributes may be named like what every object has, for instance `constructor`.
    const value = isInherited && !Object.hasOwn(line, attribute) ? undefined : line[attribute]
    const labelMetadata = asRecord(line[metadataKey])
    if (value === undefined && labelMetadata === undefined) {
      return { status: 'unlabeled', task, lineNumber, source, attribute, line }
    }

    const metadata = labelMetadata ?? EMPTY_RECORD
    const name = metadata['job-name'] ?? metadata['job_name']
    if (name !== lastName) {
      lastName = name
      jobName = bareJobName(name)
    }
    const createdAt = parseCreationDate(metadata['creation-date'] ?? metadata['creation_date'])
    const reason = asText(metadata['failure-reason'] ?? metadata['failure_reason']) || undefined
    if (reason !== undefined || isLabelMissing(value, kind, metadata)) {
      return { status: 'failed', task, lineNumber, source, attribute, line, reason, createdAt, jobName }
    }

    const content = parseContent(value, metadata, line, files)
    const otherType =
      metadata['type'] === usualType ? undefined : typeOfAnother(kind, value, metadata, line, files)
    if (content === undefined || otherType !== undefined) {
      return { status: 'unreadable', task, lineNumber, reason: misfit(task, attribute, otherType) }
    }
    const rawConfidence = rawConfidenceOf(metadata)
    const facts = {
      status: 'labeled',
      task,
      lineNumber,
      source,
      attribute,
      line,
      humanAnnotated: asYesNo(metadata['human-annotated'] ?? metadata['human_annotated']),
      createdAt,
      jobName,
      confidence: asConfidence(rawConfidence),
      rawConfidence,
      workerResponseUri: asS3Uri(metadata['worker-response-ref'] ?? metadata['worker_response_ref']),
    }
    // Measured: spreading either object takes three times as long, and this runs for every line.
    const label = Object.assign(facts, content)
    return isAdjustment ? Object.assign(label, { adjusted: asAdjusted(metadata) }) : label
  }) as RecordParser<Name>
}

/** Equals no type: custom labels have none of AWS's. */
const NO_TYPE = Symbol()
const NO_SOURCE = 'it has neither source-ref nor source'

/**
 * Tells whether a line with metadata and no reason has no label either. The Lambda of a custom job may answer under
 * any key: its objects are labeled when the metadata says by whom.
 */
function isLabelMissing(value: unknown, kind: LabelKind, metadata: JsonRecord): boolean {
  if (kind !== 'value') return value === undefined || value === null
  return (
    value === undefined && asYesNo(metadata['human-annotated'] ?? metadata['human_annotated']) === undefined
  )
}

/**
 * Gives the type in the metadata when it is one of AWS's own for another form of label, and the value has that form.
 * A value that can only be the task's is taken as it is: labels that were made from others may keep their type.
 */
function typeOfAnother(
  kind: LabelKind,
  value: unknown,
  metadata: JsonRecord,
  line: JsonRecord,
  files: LabelFiles,
): unknown {
  const writtenAs = KINDS_BY_TYPE.get(metadata['type'])
  if (writtenAs === undefined || writtenAs === kind || kind === 'value') return undefined
  return CONTENT_PARSERS[writtenAs](value, metadata, line, files) === undefined ? undefined : metadata['type']
}

/** Says that a label does not fit the task. */
function misfit(task: TaskName, attribute: string, type: unknown): string {
  return type === undefined
    ? `its ${attribute} does not have the form of a label of task ${task}`
    : `its ${attribute} is a label of type ${type}, which task ${task} does not make`
}

/** Reads a line as a JSON object, or says what is wrong with it. */
export function parseRecord(text: string | undefined): JsonRecord | string {
  if (text === undefined) return 'it is not UTF-8'
  if (isTooDeep(text)) return TOO_DEEP
  try {
    const line = asRecord(JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text))
    return line ?? 'it is JSON but no object'
  } catch {
    return holdsSeveral(text) ? 'it holds several objects with no line break between them' : 'it is not JSON'
  }
}

/** Tells whether a line begins with a whole object and another one; readers of lines drop the line breaks. */
function holdsSeveral(text: string): boolean {
  const end = /\}\s*\{/.exec(text)?.index
  if (end === undefined) return false
  try {
    JSON.parse(text.slice(0, end + 1))
    return true
  } catch {
    return false
  }
}

function bareJobName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  return value.startsWith('labeling-job/') ? value.slice('labeling-job/'.length) : value
}

// Masks repeat one confidence in each class of the image and have none of their own.
function rawConfidenceOf(metadata: JsonRecord): number | undefined {
  const own = asNumber(metadata['confidence'])
  if (own !== undefined) return own
  const colors = asRecord(metadata['internal-color-map'] ?? metadata['color-map'])
  if (colors === undefined) return undefined
  for (const color of Object.values(colors)) return asNumber(asRecord(color)?.['confidence'])
  return undefined
}

function asS3Uri(value: unknown): S3Uri | undefined {
  return isS3Uri(value) ? value : undefined
}

function asYesNo(value: unknown): boolean | undefined {
  if (value === 'yes' || value === true) return true
  if (value === 'no' || value === false) return false
  const text = asText(value)?.toLowerCase()
  return text === 'yes' || text === 'true' ? true : text === 'no' || text === 'false' ? false : undefined
}

function asAdjusted(metadata: JsonRecord): boolean | undefined {
  const status = metadata['adjustment-status'] ?? metadata['adjustment_status']
  return status === 'adjusted' ? true : status === 'unadjusted' ? false : undefined
}

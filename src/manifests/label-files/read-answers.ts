import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { givenNo, refusedCall } from '../../errors/refused-call.js'
import { canonicalJson } from '../../json/canonical-json.js'
import { isTooDeep, TOO_DEEP } from '../../json/is-too-deep.js'
import { asList, asNumber, asRecord, asText, type JsonRecord } from '../../json/loose-values.js'
import { fieldOf } from '../frames/spellings.js'
import { parseCreationDate } from '../read/parse-creation-date.js'

/** What one worker answered about one object. Who the worker is, is personal data. */
export interface WorkerAnswer {
  /** The id of the object in its job: its place in the manifest, from 0. `undefined` where the file does not say. */
  readonly object: string | undefined
  /** The line of the object in a manifest without empty lines, from 1, as labels have it; `undefined` with `object`. */
  readonly lineNumber: number | undefined
  /** AWS's id of the worker, for instance `private.us-east-1.0123456789abcdef`; `undefined` where the file has none. */
  readonly worker: string | undefined
  /** How long the worker had the task open. */
  readonly seconds: number | undefined
  readonly submittedAt: Date | undefined
  /** What the worker page sent; text that is JSON is read. */
  readonly answer: unknown
  /**
   * The share of the object's answers that are equal to this one, itself included, 0 to 1. `undefined` where there is no
   * other: a single worker agrees with nobody.
   */
  readonly agreement: number | undefined
}

/**
 * Reads a file with the answers of workers: of `annotations/worker-response/`, or what a consolidation Lambda is given.
 *
 * @param options `object`: the id of the object, which is in the address of the file and not in the file.
 * @throws LabelingJobError `line-unreadable` for text that holds no answers.
 * @example
 * const answers = readAnswers('{"answers": [{"workerId": "private.us-east-1.1", "answerContent": {"sky": "blue"}}]}')
 */
export function readAnswers(
  text: string,
  options: { readonly object?: string } = {},
): readonly WorkerAnswer[] {
  if (typeof text !== 'string') throw givenNo('readAnswers', 'text', text)
  if (text.startsWith('s3://'))
    throw refusedCall(
      'readAnswers',
      'it takes a text, and this is an address: ended.answers() of a job fetches all',
    )
  refuseUnknownOptions({ call: 'readAnswers', what: WHAT }, options, ['object'])
  const groups = parseAll(text).flatMap((value) => asList(value) ?? [value])
  return groups.flatMap((group) => answersOf(asRecord(group), options.object))
}

const WHAT = 'Cannot read the answers of workers'

function answersOf(group: JsonRecord | undefined, given: string | undefined): readonly WorkerAnswer[] {
  const answers = asList(group?.['answers'] ?? group?.['annotations'])
  if (group === undefined || answers === undefined) throw unreadable('it has no list of answers')
  const id = fieldOf(group, 'dataset-object-id')
  const object = asText(id) ?? (typeof id === 'number' ? String(id) : given)
  const read = answers.map((answer) => readAnswer(asRecord(answer) ?? {}))
  const forms = read.map((one) => String(canonicalJson(one.answer)))
  const counts = new Map<string, number>()
  for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1)
  return read.map((one, at) => ({
    object,
    lineNumber: object !== undefined && /^\d+$/.test(object) ? Number(object) + 1 : undefined,
    ...one,
    agreement: read.length < 2 ? undefined : (counts.get(forms[at] as string) as number) / read.length,
  }))
}

function readAnswer(answer: JsonRecord): Omit<WorkerAnswer, 'object' | 'lineNumber' | 'agreement'> {
  const data = asRecord(answer['annotationData'])
  return {
    worker: asText(answer['workerId']),
    seconds: asNumber(answer['timeSpentInSeconds']),
    submittedAt: parseCreationDate(answer['submissionTime']),
    answer: parseContent(answer['answerContent'] ?? data?.['content']),
  }
}

/** Lambdas are given an answer as text that is JSON. */
function parseContent(content: unknown): unknown {
  if (typeof content !== 'string') return content
  if (isTooDeep(content)) throw unreadable(TOO_DEEP)
  try {
    return JSON.parse(content)
  } catch {
    return content
  }
}

/** A file is one JSON value, or one on each line. */
function parseAll(text: string): readonly unknown[] {
  if (isTooDeep(text)) throw unreadable(TOO_DEEP)
  const whole = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  try {
    return [JSON.parse(whole)]
  } catch {
    // Several values are no JSON as a whole.
  }
  try {
    const lines = whole.split('\n').filter((line) => line.trim() !== '')
    if (lines.length > 1) return lines.map((line) => JSON.parse(line))
  } catch {
    // JSON's own words quote the text.
  }
  throw unreadable('it is not JSON')
}

function unreadable(reason: string): LabelingJobError {
  return new LabelingJobError({
    code: 'line-unreadable',
    what: WHAT,
    why: reason,
    fix: 'Give the text of a file below annotations/worker-response/',
    data: { line: 1, reason },
  })
}

import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'
import { asRecord, type JsonRecord } from '../../json/loose-values.js'
import type { TaskName } from '../../tasks/task-table.js'
import { checkPointCloudMetadata, isObjectAddress } from './check-point-cloud.js'
import { INPUT_KINDS, type InputKind } from './manifest-object.js'
import { broken } from './manifest-rules.js'
import { topLevelFields } from './top-level-fields.js'

/** A line of a manifest without its line break, and the rules it breaks. */
export interface CheckedLine {
  readonly text: string
  /** The address of the object, where it has one. */
  readonly address?: string
  readonly problems: readonly Problem[]
}

/** Writes one data object as a line and checks it; `attribute` is the name the job will write under. */
export function checkManifestLine(
  object: unknown,
  task: TaskName,
  attribute: string | undefined,
): CheckedLine {
  if (asRecord(object) === undefined) {
    return { text: '', problems: [broken('not-an-object', '', `it is ${typeName(object)}`)] }
  }
  const text = toJson(object)
  // What is written counts, not what the object shows: getters of a class are left out, `toJSON` may give anything.
  const record = text === undefined ? undefined : asRecord(JSON.parse(text))
  if (text === undefined || record === undefined) {
    return { text: '', problems: [broken('not-json', '', 'it cannot be written as a JSON object')] }
  }
  const address = record['source-ref']
  const problems = lineProblems(record, text, task, attribute)
  return typeof address === 'string' ? { text, address, problems } : { text, problems }
}

/** Gives the rules that a line breaks as it stands: AWS counts what is written, escapes and spaces as well. */
export function lineProblems(
  record: JsonRecord,
  text: string,
  task: TaskName,
  attribute: string | undefined,
): readonly Problem[] {
  return [
    ...sourceProblems(record, INPUT_KINDS[task]),
    ...attributeProblems(record, text),
    ...(attribute === undefined ? [] : collisionProblems(record, attribute)),
    ...(hasLoneSurrogate(text) ? [broken('not-utf-8', '', 'it has half of a surrogate pair')] : []),
    ...lengthProblems(text),
  ]
}

function sourceProblems(record: JsonRecord, kind: InputKind): readonly Problem[] {
  const hasAddress = record['source-ref'] !== undefined
  const hasText = record['source'] !== undefined
  if (hasAddress && hasText) return [broken('source-count', '', 'it has both source-ref and source')]
  if (!hasAddress && !hasText) {
    const alike = Object.keys(record).find((key) => /^source[-_ ]?(?:ref|uri)?$/i.test(key))
    const what = `it has ${alike === undefined ? '' : `${alike}, and `}neither source-ref nor source`
    return [broken('source-count', '', what)]
  }
  if (hasText && kind !== 'text' && kind !== 'any')
    return [broken('source-not-stored', 'source', 'it is there')]
  if (hasAddress && kind === 'text') return [broken('source-not-inline', 'source-ref', 'it is there')]
  return hasText ? textProblems(record['source']) : addressProblems(record, kind)
}

function textProblems(text: unknown): readonly Problem[] {
  if (typeof text === 'string' && text !== '') return []
  return [broken('source-empty', 'source', text === '' ? 'it is empty' : `it is ${typeName(text)}`)]
}

/** Names what a value is; the value itself may be what is to be labeled. */
function typeName(value: unknown): string {
  return typeof value === 'object' ? formatValue(value) : `a value of type ${typeof value}`
}

function addressProblems(record: JsonRecord, kind: InputKind): readonly Problem[] {
  const uri = record['source-ref']
  if (!isObjectAddress(uri)) {
    return [broken('source-address', 'source-ref', 'it is no s3:// address of an object')]
  }
  if (kind !== 'point-cloud') return endingProblems(uri, ENDINGS[kind])
  const metadata = asRecord(record['source-ref-metadata'])
  return metadata === undefined
    ? [broken('frame-metadata', 'source-ref-metadata', 'it is missing')]
    : checkPointCloudMetadata(metadata, uri, 'source-ref-metadata.')
}

const ENDINGS: Readonly<Partial<Record<InputKind, readonly string[]>>> = {
  image: ['.jpg', '.jpeg', '.png'],
  clip: ['.mp4', '.ogg', '.webm'],
  'video-sequence': ['.json'],
  'point-cloud-sequence': ['.json'],
}

function endingProblems(uri: string, endings: readonly string[] | undefined): readonly Problem[] {
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(uri)?.[0] ?? ''
  if (endings === undefined || endings.includes(ending)) return []
  const code = endings.includes(ending.toLowerCase()) ? 'source-ending-case' : 'source-ending'
  const what = ending === '' ? 'the object has no ending' : `the object ends in ${ending}`
  return [broken(code, 'source-ref', `${what}, not in ${endings.join(', ')}`)]
}

function attributeProblems(record: JsonRecord, text: string): readonly Problem[] {
  const problems = Object.keys(record)
    .filter((key) => key.startsWith('$'))
    .map((key) => broken('attribute-dollar', key, 'its name begins with $'))
  if (text.length <= LONGEST_ATTRIBUTE) return problems
  for (const { key, value } of topLevelFields(text)) {
    const own = record[key]
    const length = characters(typeof own === 'string' ? own : value)
    if (length > LONGEST_ATTRIBUTE)
      problems.push(broken('attribute-too-long', key, `it has ${length} characters`))
  }
  return problems
}

const LONGEST_ATTRIBUTE = 20_000

function collisionProblems(record: JsonRecord, attribute: string): readonly Problem[] {
  return [attribute, `${attribute}-metadata`]
    .filter((key) => Object.hasOwn(record, key))
    .map((key) => broken('label-attribute-taken', key, 'the line has it already'))
}

function lengthProblems(text: string): readonly Problem[] {
  // No character is written in more than three bytes for each unit of its length in JavaScript.
  if (text.length * 3 <= 100_000) return []
  const length = characters(text)
  if (length > 100_000) return [broken('line-too-long', '', `it has ${length} characters`)]
  const bytes = new TextEncoder().encode(text).length
  return bytes > 100_000 ? [broken('line-over-100-kb', '', `it has ${bytes} bytes`)] : []
}

function toJson(value: unknown): string | undefined {
  try {
    // These break lines for some readers; as escapes they mean the same.
    return JSON.stringify(value)?.replace(/[\u0085\u2028\u2029]/g, escapeOf)
  } catch {
    return undefined
  }
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Tells whether an escape, as which alone a text can hold one, is half of a surrogate pair; many readers refuse that. */
function hasLoneSurrogate(text: string): boolean {
  if (!/\\ud[89a-f]/i.test(text)) return false
  for (const [, half] of text.matchAll(ESCAPES)) if (half !== undefined) return true
  return false
}

const ESCAPES = /\\ud[89ab]..\\ud[c-f]..|\\u(d[89a-f]..)|\\./gi

/** Counts characters as Unicode does: an emoji is one. */
function characters(text: string): number {
  if (!/[\uD800-\uDBFF]/.test(text)) return text.length
  let length = 0
  for (const _ of text) length += 1
  return length
}

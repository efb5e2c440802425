import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { sameStatement } from './compare-policies.js'
import { findDuplicateKeys } from './find-text-defects.js'
import { isRecord } from './parse-policy.js'
import type { PolicyStatement } from './policy-document.js'
import { type JsonSpan, scanJson, skipSpace } from './scan-json.js'

/** What could not be understood. */
export interface PolicyNotUnderstoodData {
  readonly policy: string
  readonly text: string
}

/** Makes the error for a policy whose text is not such that one statement of it can be changed safely. */
function policyNotUnderstood(
  why: string,
  data: PolicyNotUnderstoodData,
): LabelingJobError<'policy-not-understood', PolicyNotUnderstoodData> {
  return new LabelingJobError({
    code: 'policy-not-understood',
    what: `Cannot change one statement of ${data.policy}`,
    why,
    fix: 'Have its administrator put the policy right, or add the statement by hand',
    data,
  })
}

/** A stretch of a text. */
interface Span {
  readonly start: number
  readonly end: number
}

interface Scanned {
  readonly value: Span
  readonly statements: readonly (JsonSpan & { readonly statement: unknown })[]
  readonly isList: boolean
}

/**
 * Gives the statement that a policy has under a Sid, or `undefined`.
 *
 * @throws LabelingJobError `policy-not-understood` for bad JSON, duplicate keys, no statement, or the Sid more than once.
 */
export function findStatement(text: string, sid: string, policy: string): PolicyStatement | undefined {
  return ownSpan(scan(text, policy), sid, { policy, text })?.statement as PolicyStatement | undefined
}

/**
 * Puts one statement into a policy and leaves every other byte as it is: over the statement of the same Sid, or
 * after the last one with its own separator and indent. A text that has it already is given back unchanged.
 *
 * @throws LabelingJobError `policy-not-understood` for bad JSON, duplicate keys, no statement, or the Sid more than once.
 */
export function spliceStatement(text: string, statement: PolicyStatement, policy: string): string {
  const scanned = scan(text, policy)
  const own = ownSpan(scanned, statement.Sid ?? '', { policy, text })
  if (own !== undefined) {
    return sameStatement(own.statement, statement) ? text : replace(text, own, render(statement, text, own))
  }
  const last = scanned.statements.at(-1)
  if (last === undefined) return replace(text, scanned.value, `[${JSON.stringify(statement)}]`)
  const rendered = render(statement, text, last)
  if (!scanned.isList) return replace(text, last, `[${text.slice(last.start, last.end)},${rendered}]`)
  const before = scanned.statements.at(-2)
  const gap =
    before === undefined
      ? `,${text.slice(scanned.value.start + 1, last.start)}`
      : text.slice(before.end, last.start)
  return replace(text, { start: last.end, end: last.end }, `${gap}${rendered}`)
}

/**
 * Takes the statement of a Sid out of a policy and leaves every other byte as it is.
 *
 * @throws LabelingJobError `policy-not-understood` as `spliceStatement` does, and when no statement would be left.
 */
export function removeStatement(text: string, sid: string, policy: string): string {
  const scanned = scan(text, policy)
  const own = ownSpan(scanned, sid, { policy, text })
  return own === undefined ? text : removeAt(text, scanned, scanned.statements.indexOf(own), policy)
}

/** Tells which entries of an object or array of a statement go: the values at some keys or indexes. */
export interface StatementCut {
  /** `undefined`: the statement goes as a whole. */
  readonly from: readonly string[] | undefined
  /** The key, or the index, of what goes. */
  readonly entry: string | number
}

/**
 * Cuts single elements out of the statements of a policy, one at a time until `cutOf` names none; every other byte
 * stays, whatever numbers it holds.
 *
 * @throws LabelingJobError `policy-not-understood` as `spliceStatement` does, and when no statement would be left.
 */
export function cutElements(
  text: string,
  policy: string,
  cutOf: (statement: unknown) => StatementCut | undefined,
): string {
  const scanned = scan(text, policy)
  for (const [index, span] of scanned.statements.entries()) {
    const cut = cutOf(span.statement)
    if (cut === undefined) continue
    const edited =
      cut.from === undefined
        ? removeAt(text, scanned, index, policy)
        : removeEntry(text, entered(span, cut.from), cut.entry)
    return cutElements(edited, policy, cutOf)
  }
  return text
}

function entered(span: JsonSpan, keys: readonly string[]): JsonSpan {
  return keys.reduce((inside, key) => inside.children.find((child) => child.key === key) ?? inside, span)
}

function removeEntry(text: string, parent: JsonSpan, entry: string | number): string {
  const { children } = parent
  const index = typeof entry === 'number' ? entry : children.findIndex(({ key }) => key === entry)
  const [before, ours] = [children[index - 1], children[index]]
  if (ours === undefined) return text
  if (before !== undefined) return replace(text, { start: before.end, end: ours.end }, '')
  const start = skipSpace(text, parent.start + 1)
  const comma = skipSpace(text, ours.end)
  return replace(text, { start, end: text[comma] === ',' ? skipSpace(text, comma + 1) : ours.end }, '')
}

function removeAt(text: string, { statements }: Scanned, place: number, policy: string): string {
  const [before, own, after] = [statements[place - 1], statements[place], statements[place + 1]]
  if (own !== undefined && before !== undefined) return replace(text, { start: before.end, end: own.end }, '')
  if (own !== undefined && after !== undefined)
    return replace(text, { start: own.start, end: after.start }, '')
  throw policyNotUnderstood('no statement would be left', { policy, text })
}

function scan(text: string, policy: string): Scanned {
  const refuse = (why: string) => policyNotUnderstood(why, { policy, text })
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    throw refuse('it is not JSON')
  }
  const root = scanJson(text)
  const [duplicate] = findDuplicateKeys(root)
  if (duplicate !== undefined) throw refuse(duplicate.defect)
  if (!isRecord(document)) throw refuse('it is not a JSON object')
  const value = root.children.find(({ key }) => key === 'Statement')
  const statement = document['Statement']
  if (value === undefined || typeof statement !== 'object' || statement === null) {
    throw refuse('it has no Statement')
  }
  if (!Array.isArray(statement)) return { value, statements: [{ ...value, statement }], isList: false }
  const statements = value.children.map((span, index) => ({ ...span, statement: statement[index] }))
  return { value, statements, isList: true }
}

function ownSpan(
  { statements }: Scanned,
  sid: string,
  data: PolicyNotUnderstoodData,
): Scanned['statements'][number] | undefined {
  const own = statements.filter(({ statement }) => isRecord(statement) && statement['Sid'] === sid)
  if (own.length > 1) throw policyNotUnderstood(`${own.length} statements have the Sid ${sid}`, data)
  return own[0]
}

/** Writes a statement in the manner of one that stands in the text already: on one line, or with its indent. */
function render(statement: unknown, text: string, model: Span): string {
  const lines = text.slice(model.start, model.end).split('\n')
  const inner = /^[ \t]*/.exec(lines[1] ?? '')?.[0] ?? ''
  const outer = /^[ \t]*/.exec(lines.at(-1) ?? '')?.[0] ?? ''
  if (lines.length === 1) return JSON.stringify(statement)
  const unit = inner.startsWith(outer) ? inner.slice(outer.length) : '  '
  return JSON.stringify(statement, null, unit).replaceAll('\n', `\n${outer}`)
}

function replace(text: string, { start, end }: Span, by: string): string {
  return `${text.slice(0, start)}${by}${text.slice(end)}`
}

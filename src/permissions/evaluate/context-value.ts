import { isMultivalued } from './condition-keys.js'

/** What is known of a condition key in the request. */
export type ContextValue =
  | RequestValue
  /** A key that may have several values has these. */
  | { readonly kind: 'set'; readonly values: readonly RequestValue[] }
  /** One of these. */
  | { readonly kind: 'one-of'; readonly members: readonly ContextValue[]; readonly why?: string }

/** One value of a condition key, as far as it is known. */
export type RequestValue =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'absent' }
  /** Any moment from the earliest to the latest of these. */
  | { readonly kind: 'between'; readonly ends: readonly string[] }
  /** More text after the prefix. */
  | { readonly kind: 'prefix'; readonly prefix: string }
  /** Any text. */
  | { readonly kind: 'present' }

export const ABSENT: RequestValue = { kind: 'absent' }
export const PRESENT: RequestValue = { kind: 'present' }

/** The most aliases a key may have; with more, KMS denies what depends on them (KMS developer guide, "Quotas"). */
const ALIASES_LIMIT = 50
const MOMENTS = new Set(['aws:currenttime', 'aws:epochtime'])

/** Gives what is known of a condition key, in lower case, of which nothing is known, and why that is so. */
export function unknownValue(key: string, why?: string): ContextValue {
  if (why === undefined) return isMultivalued(key) ? UNKNOWN_SET : UNKNOWN_VALUE
  return { kind: 'one-of', members: [ABSENT, isMultivalued(key) ? ANY_SET : PRESENT], why }
}

const ANY_SET: ContextValue = { kind: 'set', values: [PRESENT] }
const UNKNOWN_VALUE: ContextValue = { kind: 'one-of', members: [ABSENT, PRESENT] }
const UNKNOWN_SET: ContextValue = { kind: 'one-of', members: [ABSENT, ANY_SET] }

/** Takes a value that the question gives for a condition key, in lower case. */
export function givenValue(key: string, value: unknown): ContextValue {
  const texts = textsOf(value)
  if (texts === undefined)
    return unknownValue(
      key,
      `its value is given as ${value === null ? 'null' : typeof value}, not as a string`,
    )
  if (key === 'kms:resourcealiases' && texts.length > ALIASES_LIMIT)
    return unknownValue(key, `KMS denies what depends on more than ${ALIASES_LIMIT} aliases of a key`)
  const whole = ofTexts(key, texts)
  const filled = texts.filter((text) => text !== '')
  if (filled.length === texts.length && texts.length > 0) return whole
  // AWS calls an empty string a null data set in one place, and a value in others (IAM user guide, "Multivalued keys").
  const why = 'whether AWS takes an empty value for a value or for none is not documented'
  return { kind: 'one-of', members: [whole, filled.length === 0 ? ABSENT : ofTexts(key, filled)], why }
}

/** Takes the values that a condition key, in lower case, may have: `null` for an absent one. */
export function possibleValue(key: string, members: unknown): ContextValue {
  if (!Array.isArray(members) || members.length === 0) return unknownValue(key)
  const values = [...members].map((member: unknown) => (member === null ? ABSENT : givenValue(key, member)))
  const moments = values.flatMap((value) => (value.kind === 'value' ? [value.text] : []))
  return MOMENTS.has(key) && moments.length === values.length && moments.length > 1
    ? { kind: 'between', ends: moments }
    : eitherOf(values)
}

/** Gives what is known of a condition key that has one of several values. */
export function eitherOf(values: readonly ContextValue[], why?: string): ContextValue {
  const distinct = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
  const [first] = distinct
  if (distinct.length === 1 && first !== undefined) return first
  return { kind: 'one-of', members: distinct, ...(why !== undefined && { why }) }
}

/** Takes one string for the value of a condition key. */
export function oneValue(text: string): RequestValue {
  return { kind: 'value', text }
}

function ofTexts(key: string, texts: readonly string[]): ContextValue {
  const [first] = texts
  if (texts.length === 1 && first !== undefined && !isMultivalued(key)) return oneValue(first)
  return { kind: 'set', values: texts.map(oneValue) }
}

function textsOf(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? [...value] : [value]
  return list.every((each) => typeof each === 'string') ? list : undefined
}

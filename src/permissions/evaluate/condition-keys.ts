import { ACTIONS, CONDITION_KEYS_OF_KEY, MULTIVALUED_CONDITION_KEYS } from './condition-keys.generated.js'
import { presenceElsewhere } from './condition-keys-by-service.js'

/** Whether a request of an action can hold a condition key. */
export type KeyPresence = 'always' | 'perhaps' | 'never'

/** Tells whether KMS has an action, given in lower case with its service. */
export function isAction(action: string): boolean {
  return Object.hasOwn(ACTIONS, action.slice('kms:'.length)) && action.startsWith('kms:')
}

/** Tells whether an action of KMS, given in lower case with its service, is done on a key. */
export function isOnKey(action: string): boolean {
  return ACTIONS[action.slice('kms:'.length)]?.onKey === true
}

/**
 * Tells whether a role's request of an action can hold a condition key, both in lower case
 * (service authorization reference, "Actions, resources, and condition keys for AWS KMS").
 */
export function presenceOf(key: string, action: string): KeyPresence {
  if (!action.startsWith('kms:')) return presenceElsewhere(key, action)
  const name = action.slice('kms:'.length)
  const { onKey = false, conditionKeys = [] } = ACTIONS[name] ?? {}
  const pattern = patternOf(key)
  if (ALWAYS.has(pattern) && (onKey || !pattern.startsWith('kms:'))) return 'always'
  if (!LISTED.has(pattern)) return 'perhaps'
  const isListed =
    conditionKeys.includes(pattern) ||
    (onKey && CONDITION_KEYS_OF_KEY.includes(pattern)) ||
    LATER[pattern]?.includes(name) === true
  return isListed ? 'perhaps' : 'never'
}

/** Tells whether a condition key, in lower case, may have several values; AWS wants a set operator on such a one. */
export function isMultivalued(key: string): boolean {
  return MULTIVALUED.has(key)
}

/**
 * Gives a condition key as it must be written to be the same: without regard to case, but for the part that names a
 * tag or an entry of an encryption context. Conditions compare even that part without case.
 */
export function exactKey(key: string): string {
  const lower = key.toLowerCase()
  const prefix = CHOSEN_PREFIXES.find((each) => lower.startsWith(each))
  return prefix === undefined ? lower : prefix + key.slice(prefix.length)
}

/** Tells whether a part of a condition key names a tag or an entry of an encryption context. */
export function hasChosenPart(key: string): boolean {
  return CHOSEN_PREFIXES.some((prefix) => key.toLowerCase().startsWith(prefix))
}

// Came after the reference was read: AWS RAM for keys on 16 November 2026 (KMS developer guide, document history).
const LATER: Readonly<Record<string, readonly string[]>> = {
  'kms:policyname': ['getkeypolicy', 'putkeypolicy'],
}

// Of the keys that keys and sessions always have, the value is not always known (KMS developer guide, "AWS KMS
// condition keys"; IAM user guide, "Global condition context keys").
const ALWAYS = new Set([
  'kms:keyorigin',
  'kms:keyspec',
  'kms:keyusage',
  'kms:multiregion',
  'aws:currenttime',
  'aws:epochtime',
  'aws:tokenissuetime',
])

const LISTED = new Set([
  ...Object.values(ACTIONS).flatMap(({ conditionKeys }) => conditionKeys),
  ...CONDITION_KEYS_OF_KEY,
  ...Object.keys(LATER),
])

const MULTIVALUED = new Set([
  ...MULTIVALUED_CONDITION_KEYS,
  // IAM user guide, "Global condition context keys", value type "Multivalued".
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:vpceorgpaths',
  's3:requestobjecttagkeys',
])

const CHOSEN_PREFIXES = ['aws:principaltag/', 'aws:requesttag/', 'aws:resourcetag/', 'kms:encryptioncontext:']
const PATTERN_PREFIXES = [...CHOSEN_PREFIXES, 'kms:recipientattestation:']

/** The form that a key has in the reference, with `*` for the part that the policy's author chooses. */
function patternOf(key: string): string {
  const prefix = PATTERN_PREFIXES.find((each) => key.startsWith(each) && key.length > each.length)
  return prefix === undefined ? key : `${prefix}*`
}

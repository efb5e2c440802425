import type { KeyIdentity, RoleIdentity } from './identity.js'
import { instantOf } from './instant.js'
import type { CallPath, PermissionQuestion } from './question.js'

/** What is known of a condition key in the request. */
export type ContextValue =
  | RequestValue
  /** Several values, or none. */
  | { readonly kind: 'set'; readonly values: readonly string[] }
  /** One of these. */
  | { readonly kind: 'one-of'; readonly members: readonly ContextValue[] }

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

/** Gives what is known of a condition key, however it is spelt. */
export type RequestContext = (key: string) => ContextValue

const ABSENT: ContextValue = { kind: 'absent' }

/** What is known of a condition key of which nothing is known. */
export const UNKNOWN_VALUE: ContextValue = { kind: 'one-of', members: [ABSENT, { kind: 'present' }] }

const MOMENTS = new Set(['aws:currenttime', 'aws:epochtime'])

/**
 * Gives one context for each call path: what the path says, then what the question says, then what follows
 * from role, key and the nature of a role session.
 */
export function requestContexts(
  question: PermissionQuestion,
  paths: readonly CallPath[],
  role: RoleIdentity,
  key: KeyIdentity,
): readonly RequestContext[] {
  const shared = new Map([
    ...certainFacts(role, key, question.roleId || undefined),
    ...absentFacts(question.absentContextKeys),
    ...possibleFacts(question.possibleValues),
    ...givenFacts(question.context),
  ])
  for (const [name, value] of epochTime(shared)) shared.set(name, value)
  return paths.map((path) => {
    const own = new Map([...absentFacts(path.absentContextKeys), ...givenFacts(path.context)])
    return (name) => {
      const lower = name.toLowerCase()
      return own.get(lower) ?? shared.get(lower) ?? UNKNOWN_VALUE
    }
  })
}

type Facts = readonly (readonly [string, ContextValue])[]

/** What is certain of every request of a role session (IAM user guide, "Global condition context keys"). */
function certainFacts(role: RoleIdentity, key: KeyIdentity, roleId: string | undefined): Facts {
  return [
    ['aws:principalarn', oneValue(role.arn)],
    ['aws:principalaccount', oneValue(role.account)],
    ['kms:calleraccount', oneValue(role.account)],
    ['aws:principaltype', oneValue('AssumedRole')],
    ['aws:principalisawsservice', oneValue('false')],
    ['aws:username', ABSENT],
    ['aws:principalservicename', ABSENT],
    ['aws:userid', { kind: 'prefix', prefix: roleId ? `${roleId}:` : '' }],
    ['aws:resourceaccount', oneValue(key.account)],
    ['aws:requestedregion', oneValue(key.region)],
    ['aws:securetransport', oneValue('true')],
    ['aws:multifactorauthpresent', { kind: 'one-of', members: [ABSENT, oneValue('false')] }],
  ]
}

function absentFacts(names: unknown): Facts {
  return Array.isArray(names) ? names.map((name: unknown) => [String(name).toLowerCase(), ABSENT]) : []
}

function possibleFacts(possibleValues: unknown): Facts {
  return Object.entries(possibleValues ?? {}).map(([name, members]) => {
    const lower = name.toLowerCase()
    return [lower, possibleValue(lower, members)]
  })
}

function givenFacts(context: unknown): Facts {
  return Object.entries(context ?? {}).map(([name, value]) => [name.toLowerCase(), givenValue(value)])
}

function givenValue(value: unknown): ContextValue {
  if (value === null || value === undefined) return ABSENT
  if (!Array.isArray(value)) return oneValue(String(value))
  const [first, ...more] = value.map(String)
  if (first === undefined) return ABSENT
  return more.length === 0 ? oneValue(first) : { kind: 'set', values: [first, ...more] }
}

function possibleValue(key: string, members: unknown): ContextValue {
  if (!Array.isArray(members) || members.length === 0) return UNKNOWN_VALUE
  const values = members.map(givenValue)
  const [first] = values
  if (values.length === 1 && first !== undefined) return first
  const moments = values.flatMap((value) => (value.kind === 'value' ? [value.text] : []))
  return MOMENTS.has(key) && moments.length === values.length
    ? { kind: 'between', ends: moments }
    : { kind: 'one-of', members: values }
}

function oneValue(text: string): ContextValue {
  return { kind: 'value', text }
}

/** The time as a number of seconds follows from the time as a date. */
function epochTime(facts: ReadonlyMap<string, ContextValue>): Facts {
  const now = facts.get('aws:currenttime')
  if (now === undefined || facts.has('aws:epochtime')) return []
  if (now.kind === 'value') {
    const seconds = epochSeconds(now.text)
    return seconds === undefined ? [] : [['aws:epochtime', oneValue(seconds)]]
  }
  if (now.kind !== 'between') return []
  const ends = now.ends.map(epochSeconds).filter((seconds) => seconds !== undefined)
  return ends.length === now.ends.length ? [['aws:epochtime', { kind: 'between', ends }]] : []
}

function epochSeconds(moment: string): string | undefined {
  const instant = instantOf(moment)
  return instant === undefined ? undefined : String(Math.floor(instant / 1000))
}

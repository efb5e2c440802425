import type { KeyIdentity, RoleIdentity } from './identity.js'
import { instantOf } from './instant.js'
import type { CallPath, PermissionQuestion } from './question.js'

/** What is known of a condition key in the request. */
export type ContextValue =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'one-of'; readonly members: readonly (readonly string[] | null)[] }
  /** Any moment between the earliest and the latest member. */
  | { readonly kind: 'between'; readonly members: readonly (readonly string[])[] }
  /** Present, with more text after the prefix. */
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'unknown' }

/** Gives what is known of a condition key, however it is spelt. */
export type RequestContext = (key: string) => ContextValue

const ABSENT: ContextValue = { kind: 'absent' }
const NOTHING: ContextValue = { kind: 'unknown' }
const MOMENTS = new Set(['aws:currenttime', 'aws:epochtime'])

/**
 * Gives one lookup for each call path: what the path says, then what the question says, then what follows
 * from role, key and the nature of a role session.
 */
export function requestContexts(
  question: PermissionQuestion,
  paths: readonly CallPath[],
  role: RoleIdentity,
  key: KeyIdentity,
): readonly RequestContext[] {
  const shared = certainKnowledge(question, role, key)
  for (const name of names(question.absentContextKeys)) shared.set(name, ABSENT)
  for (const [name, members] of Object.entries(question.possibleValues ?? {})) {
    shared.set(name.toLowerCase(), knownMembers(name.toLowerCase(), members))
  }
  for (const [name, value] of Object.entries(question.context ?? {})) {
    shared.set(name.toLowerCase(), knownValues(value))
  }
  addEpochTime(shared)
  return paths.map((path) => {
    const own = new Map<string, ContextValue>()
    for (const name of names(path.absentContextKeys)) own.set(name, ABSENT)
    for (const [name, value] of Object.entries(path.context ?? {}))
      own.set(name.toLowerCase(), knownValues(value))
    return (name) => {
      const lower = name.toLowerCase()
      return own.get(lower) ?? shared.get(lower) ?? NOTHING
    }
  })
}

function certainKnowledge(
  question: PermissionQuestion,
  role: RoleIdentity,
  key: KeyIdentity,
): Map<string, ContextValue> {
  const roleId = question.roleId
  return new Map<string, ContextValue>([
    ['aws:principalarn', knownValues(role.arn)],
    ['aws:principalaccount', knownValues(role.account)],
    ['kms:calleraccount', knownValues(role.account)],
    ['aws:principaltype', knownValues('AssumedRole')],
    ['aws:principalisawsservice', knownValues('false')],
    ['aws:username', ABSENT],
    ['aws:principalservicename', ABSENT],
    ['aws:userid', { kind: 'prefix', prefix: roleId ? `${roleId}:` : '' }],
    ['aws:resourceaccount', knownValues(key.account)],
    ['aws:requestedregion', knownValues(key.region)],
    ['aws:securetransport', knownValues('true')],
    ['aws:multifactorauthpresent', { kind: 'one-of', members: [null, ['false']] }],
  ])
}

function names(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map((name: unknown) => String(name).toLowerCase()) : []
}

function knownValues(value: unknown): ContextValue {
  if (value === null || value === undefined) return ABSENT
  const values = textsOf(value)
  return values.length === 0 ? ABSENT : { kind: 'values', values }
}

function knownMembers(key: string, members: unknown): ContextValue {
  if (!Array.isArray(members) || members.length === 0) return NOTHING
  const texts = members.map((member: unknown) => {
    const values = member === null || member === undefined ? [] : textsOf(member)
    return values.length === 0 ? null : values
  })
  const [first] = texts
  if (texts.length === 1) return first ? { kind: 'values', values: first } : ABSENT
  const present = texts.filter((values) => values !== null)
  if (MOMENTS.has(key) && present.length === texts.length) return { kind: 'between', members: present }
  return { kind: 'one-of', members: texts }
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)]
}

function addEpochTime(shared: Map<string, ContextValue>): void {
  const now = shared.get('aws:currenttime')
  if (!now || shared.has('aws:epochtime')) return
  if (now.kind === 'values') {
    const seconds = epochSeconds(now.values)
    if (seconds) shared.set('aws:epochtime', { kind: 'values', values: seconds })
  } else if (now.kind === 'between') {
    const members = now.members.map(epochSeconds).filter((seconds) => seconds !== undefined)
    if (members.length === now.members.length) shared.set('aws:epochtime', { kind: 'between', members })
  }
}

function epochSeconds(values: readonly string[]): readonly string[] | undefined {
  const instant = instantOf(values[0] ?? '')
  return instant === undefined || values.length > 1 ? undefined : [String(Math.floor(instant / 1000))]
}

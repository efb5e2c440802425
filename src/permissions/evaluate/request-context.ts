import { exactKey, hasChosenPart, presenceOf } from './condition-keys.js'
import {
  ABSENT,
  type ContextValue,
  eitherOf,
  givenValue,
  oneValue,
  PRESENT,
  possibleValue,
  unknownValue,
} from './context-value.js'
import type { ResourceIdentity, RoleIdentity } from './identity.js'
import { instantOf } from './instant.js'
import type { CallPath, PermissionQuestion } from './question.js'

/** Gives what is known of a condition key, however it is spelt. */
export type RequestContext = (key: string) => ContextValue

/** What is asked, as far as the request context depends on it. */
interface AskedRequest {
  /** In lower case, with its service. */
  readonly action: string
  readonly role: RoleIdentity
  readonly resource: ResourceIdentity
}

/**
 * Gives one context for each call path: what the path says, then what the question says, then what follows
 * from role, resource, action and the nature of a role session.
 */
export function requestContexts(
  question: Pick<PermissionQuestion, 'roleId' | 'absentContextKeys' | 'possibleValues' | 'context'>,
  paths: readonly CallPath[],
  asked: AskedRequest,
): readonly RequestContext[] {
  const { absentContextKeys, possibleValues, context } = question
  const certain = { ...asked, roleId: question.roleId || undefined }
  const known = knownIn(
    absentFacts(absentContextKeys),
    factsIn(possibleValues, possibleValue),
    factsIn(context, givenValue),
  )
  const shared = withoutCase(known)
  const tags = [...known].filter(([exact]) => hasChosenPart(exact))
  return paths.map((path) => {
    const onPath = [absentFacts(path.absentContextKeys), factsIn(path.context, givenValue)]
    const own = withoutCase(knownIn(tags, ...onPath))
    return contextOf((key) => own.get(key) ?? shared.get(key) ?? CERTAIN.get(key)?.(certain), asked.action)
  })
}

/** Gives the condition keys, in lower case, that may have another value on one call path than on another. */
export function keysOfPaths(paths: readonly CallPath[]): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { absentContextKeys, context } of paths)
    for (const key of [...(absentContextKeys ?? []), ...Object.keys(context ?? {})])
      keys.add(key.toLowerCase())
  return keys.has('aws:currenttime') ? keys.add('aws:epochtime') : keys
}

/** Completes what is known by what follows from the action and from other keys. */
function contextOf(known: (key: string) => ContextValue | undefined, action: string): RequestContext {
  return (name) => {
    const key = name.toLowerCase()
    const value = known(key) ?? (key === 'aws:epochtime' ? epochTime(known('aws:currenttime')) : undefined)
    if (value !== undefined) return value
    const presence = presenceOf(key, action)
    if (presence === 'never') return ABSENT
    return presence === 'always' ? PRESENT : unknownValue(key)
  }
}

type Facts = readonly (readonly [name: string, value: ContextValue])[]
type Known = ReadonlyMap<string, ContextValue>

/** Gathers facts by the name as it must be written to be the same key; a later source goes before an earlier one. */
function knownIn(...sources: readonly Facts[]): Known {
  const [first = [], ...later] = sources.filter(({ length }) => length > 0)
  const known = new Map(joined(first, exactKey))
  for (const facts of later) for (const [exact, value] of joined(facts, exactKey)) known.set(exact, value)
  return known
}

/** Conditions compare keys without case, also where tags differ by nothing else: which of them AWS takes is open. */
function withoutCase(known: Known): Known {
  return joined(known, (exact) => exact.toLowerCase())
}

/** Brings facts under one spelling; a key that is written in two ways has one of two values. */
function joined(facts: Iterable<Facts[number]>, spell: (name: string) => string): Known {
  const known = new Map<string, ContextValue>()
  for (const [name, value] of facts) {
    const key = spell(name)
    const other = known.get(key)
    known.set(key, other === undefined ? value : eitherOf([other, value], TWINS))
  }
  return known
}

const TWINS = 'there are two of it that differ by case only, and which of them AWS compares is not documented'

type Certain = (asked: AskedRequest & { readonly roleId: string | undefined }) => ContextValue

/** What is certain of every request of a role session, or of a user (IAM user guide, "Global condition context keys"). */
const CERTAIN: ReadonlyMap<string, Certain> = new Map<string, Certain>([
  ['aws:principalarn', ({ role }) => oneValue(role.arn)],
  ['aws:principalaccount', ({ role }) => oneValue(role.account)],
  ['kms:calleraccount', ({ role, action }) => (action.startsWith('kms:') ? oneValue(role.account) : ABSENT)],
  ['aws:principaltype', ({ role }) => oneValue(role.isUser ? 'User' : 'AssumedRole')],
  ['aws:principalisawsservice', () => oneValue('false')],
  ['aws:username', ({ role }) => (role.isUser ? oneValue(lastPart(role.arn)) : ABSENT)],
  ['aws:principalservicename', () => ABSENT],
  ['aws:principalservicenameslist', () => ABSENT],
  ['aws:userid', ({ roleId, role }) => (role.isUser ? presentOr(roleId ?? '') : sessionId(roleId))],
  ['aws:resourceaccount', ({ resource }) => presentOr(resource.account)],
  ['aws:requestedregion', ({ resource }) => presentOr(resource.region)],
  ['aws:securetransport', () => oneValue('true')],
  ['aws:multifactorauthpresent', ({ role }) => (role.isUser ? MFA_OF_USER : NO_MFA)],
  // Long-term keys have no moment at which they were issued.
  ['aws:tokenissuetime', ({ role }) => (role.isUser ? unknownValue('aws:tokenissuetime') : PRESENT)],
])

const NO_MFA: ContextValue = { kind: 'one-of', members: [ABSENT, oneValue('false')] }
const MFA_OF_USER: ContextValue = { kind: 'one-of', members: [ABSENT, oneValue('false'), oneValue('true')] }

function sessionId(roleId: string | undefined): ContextValue {
  return { kind: 'prefix', prefix: roleId ? `${roleId}:` : '' }
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** A part of an ARN that the ARN leaves out has some value all the same. */
function presentOr(part: string): ContextValue {
  return part === '' ? PRESENT : oneValue(part)
}

function absentFacts(names: readonly string[] | undefined): Facts {
  return (names ?? []).map((name) => [name, ABSENT])
}

function factsIn(
  values: Readonly<Record<string, unknown>> | undefined,
  take: (key: string, value: unknown) => ContextValue,
): Facts {
  return Object.entries(values ?? {}).map(([name, value]) => [name, take(name.toLowerCase(), value)])
}

/** The time as a number of seconds follows from the time as a date. */
function epochTime(now: ContextValue | undefined): ContextValue | undefined {
  if (now?.kind === 'value') {
    const seconds = epochSeconds(now.text)
    return seconds === undefined ? undefined : oneValue(seconds)
  }
  if (now?.kind !== 'between') return undefined
  const ends = now.ends.map(epochSeconds).filter((seconds) => seconds !== undefined)
  return ends.length === now.ends.length ? { kind: 'between', ends } : undefined
}

function epochSeconds(moment: string): string | undefined {
  const instant = instantOf(moment)
  return instant === undefined ? undefined : String(Math.floor(instant / 1000))
}

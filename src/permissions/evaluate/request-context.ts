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
import type { KeyIdentity, RoleIdentity } from './identity.js'
import { instantOf } from './instant.js'
import type { CallPath, PermissionQuestion } from './question.js'

/** Gives what is known of a condition key, however it is spelt. */
export type RequestContext = (key: string) => ContextValue

/** What is asked, as far as the request context depends on it. */
interface AskedRequest {
  /** In lower case, with its service. */
  readonly action: string
  readonly role: RoleIdentity
  readonly key: KeyIdentity
}

/**
 * Gives one context for each call path: what the path says, then what the question says, then what follows
 * from role, key, action and the nature of a role session.
 */
export function requestContexts(
  question: PermissionQuestion,
  paths: readonly CallPath[],
  asked: AskedRequest,
): readonly RequestContext[] {
  const { roleId, absentContextKeys, possibleValues, context } = question
  const certain = certainValues(asked, roleId || undefined)
  const known = new Map([
    ...knownIn(absentFacts(absentContextKeys)),
    ...knownIn(factsIn(possibleValues, possibleValue)),
    ...knownIn(factsIn(context, givenValue)),
  ])
  const shared = withoutCase(known)
  const tags = [...known].filter(([exact]) => hasChosenPart(exact))
  return paths.map((path) => {
    const onPath = [
      ...knownIn(absentFacts(path.absentContextKeys)),
      ...knownIn(factsIn(path.context, givenValue)),
    ]
    const own = withoutCase(new Map([...tags, ...onPath]))
    return contextOf((key) => own.get(key) ?? shared.get(key) ?? certain.get(key), asked.action)
  })
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

/** By the name as it must be written to be the same key. */
type Known = ReadonlyMap<string, ContextValue>

/** Gathers facts of one source; a key that it writes in two ways has one of two values. */
function knownIn(facts: Facts): Known {
  const known = new Map<string, ContextValue>()
  for (const [name, value] of facts) {
    const exact = exactKey(name)
    const other = known.get(exact)
    known.set(exact, other === undefined ? value : eitherOf([other, value], TWINS))
  }
  return known
}

/** Conditions compare keys without case, also where tags differ by nothing else: which of them AWS takes is open. */
function withoutCase(known: Known): Known {
  const folded = new Map<string, ContextValue>()
  for (const [exact, value] of known) {
    const key = exact.toLowerCase()
    const other = folded.get(key)
    folded.set(key, other === undefined ? value : eitherOf([other, value], TWINS))
  }
  return folded
}

const TWINS = 'there are two of it that differ by case only, and which of them AWS compares is not documented'

/** What is certain of every request of a role session (IAM user guide, "Global condition context keys"). */
function certainValues({ role, key }: AskedRequest, roleId: string | undefined): Known {
  return new Map<string, ContextValue>([
    ['aws:principalarn', oneValue(role.arn)],
    ['aws:principalaccount', oneValue(role.account)],
    ['kms:calleraccount', oneValue(role.account)],
    ['aws:principaltype', oneValue('AssumedRole')],
    ['aws:principalisawsservice', oneValue('false')],
    ['aws:username', ABSENT],
    ['aws:principalservicename', ABSENT],
    ['aws:principalservicenameslist', ABSENT],
    ['aws:userid', { kind: 'prefix', prefix: roleId ? `${roleId}:` : '' }],
    ['aws:resourceaccount', oneValue(key.account)],
    ['aws:requestedregion', oneValue(key.region)],
    ['aws:securetransport', oneValue('true')],
    ['aws:multifactorauthpresent', { kind: 'one-of', members: [ABSENT, oneValue('false')] }],
  ])
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

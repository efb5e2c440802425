import { ABSENT, eitherOf } from '../evaluate/context-value.js'
import { explainPrincipals, inPrincipals, malformed } from '../evaluate/explain-statement.js'
import { matchPrincipal, type PrincipalMatch, reachOf } from '../evaluate/match-principal.js'
import type { RequestContext } from '../evaluate/request-context.js'
import { and, FALSE, or, TRUE, type Truth, UNKNOWN } from '../evaluate/truth.js'
import type { UnknownReason } from '../evaluate/unknown-reason.js'
import type { ParsedPolicy } from '../policy/parse-policy.js'
import type { ParsedStatement } from '../policy/parse-statement.js'
import type { Evidence } from './decision.js'
import type { Side } from './match.js'
import type { ParsedQuestion } from './parse-question.js'
import { RESOURCE_RULES } from './resource-rules.js'

/** One policy, with whom its statements are about and what they then count for. */
export interface Source {
  readonly policy: ParsedPolicy
  /** How a statement reaches the role; empty when it certainly does not. */
  readonly reaches: (statement: ParsedStatement) => readonly Reach[]
  /** Why it is not certain how a statement reaches the role. */
  readonly explainReach: (statement: ParsedStatement) => readonly UnknownReason[]
  /** What the policy may hold while it cannot be read. */
  readonly hides: readonly Hidden[]
  /** One for each call path. */
  readonly contexts: readonly RequestContext[]
  /** The organization level. */
  readonly level: number
  /** Why it is not certain what its Allows count for; `undefined` for nearly every policy. */
  readonly doubt: UnknownReason | undefined
}

/** One way in which a statement counts. */
export interface Reach extends Hidden {
  readonly truth: Truth
}

interface Hidden {
  readonly side: Side
  readonly via: Evidence['via']
}

/** Lists the policies that have a say in a question. */
export function sourcesOf(question: ParsedQuestion): readonly Source[] {
  const {
    resourcePolicy,
    sharedKeyPolicy,
    identityPolicies,
    boundary,
    serviceControl,
    resourceControl,
    contexts,
  } = question
  return [
    resourcePolicySource(resourcePolicy, question),
    ...(sharedKeyPolicy ? [sharedKeyPolicySource(sharedKeyPolicy, question)] : []),
    ...identityPolicies.map((policy) => roleSource(policy, 'identity', contexts)),
    ...(boundary ? [roleSource(boundary, 'boundary', contexts)] : []),
    ...serviceControl.flatMap(({ policies, doubt }, level) =>
      policies.map((policy) => ({
        ...roleSource(policy, 'organization', contexts),
        level,
        doubt: doubt === undefined ? undefined : levelDoubt(doubt),
      })),
    ),
    ...resourceControl.map((policy) => resourceControlSource(policy, question)),
  ]
}

function levelDoubt(detail: string): UnknownReason {
  return { kind: 'malformed', policy: 'scp', statement: '*', detail }
}

const RESOURCE_POLICY_SIDES = ['any', 'session', 'role', 'account'] as const

function resourcePolicySource(policy: ParsedPolicy, question: ParsedQuestion): Source {
  const { principal, contexts, rules } = question
  return {
    policy,
    reaches(statement) {
      // KMS takes a statement without actions or resources and gives it no effect (KMS API reference, PutKeyPolicy).
      if (rules.takesIdleStatements && (statement.actions === 'absent' || statement.resources === 'absent'))
        return []
      const match = matchAnyPrincipal(statement, question)
      const reach = reachOf(match)
      if (reach === FALSE) return []
      const allows = RESOURCE_POLICY_SIDES.map((side) => ({ side, via: side, truth: match[side] }))
      const mostSpecific =
        allows.findLast(({ truth }) => truth === TRUE) ?? allows.findLast(({ truth }) => truth !== FALSE)
      const deny: Reach = { side: 'deny', via: mostSpecific?.via ?? 'any', truth: reach }
      return byEffect(statement, deny, allows)
    },
    explainReach: (statement) => [
      ...explainPrincipals(statement, principal),
      ...(mayNameByCanonicalId(statement, question) ? [inPrincipals(statement, CANONICAL_ID)] : []),
    ],
    hides: [
      { side: 'deny', via: 'any' },
      { side: 'any', via: 'any' },
    ],
    contexts: rules === RESOURCE_RULES.key ? contexts.map(withKeyFactsPerhaps) : contexts,
    level: 0,
    doubt: isPerhapsBlocked(policy, question)
      ? { kind: 'undocumented', topic: PUBLIC_ACCESS_BLOCK }
      : undefined,
  }
}

const CANONICAL_ID = 'which account a canonical user id stands for is not known'

/** Who stands behind a canonical user id is not known: it may be the account of the role. */
function matchAnyPrincipal(statement: ParsedStatement, question: ParsedQuestion): PrincipalMatch {
  const match = matchPrincipal(statement, question.principal)
  if (!mayNameByCanonicalId(statement, question)) return match
  const isException = typeof statement.principals !== 'string' && statement.principals.negated
  return isException
    ? { ...match, any: and(match.any, UNKNOWN) }
    : { ...match, account: or(match.account, UNKNOWN) }
}

function mayNameByCanonicalId({ namesCanonicalUser }: ParsedStatement, { rules }: ParsedQuestion): boolean {
  return namesCanonicalUser && rules.takesCanonicalUsers
}

const PUBLIC_ACCESS_BLOCK =
  'whether Block Public Access closes the bucket to other accounts, as its policy may be open to everybody'

/**
 * With RestrictPublicBuckets, which new buckets have, a policy that is open to everybody allows nothing to other accounts,
 * whoever its statements name (S3 user guide, "Blocking public access to your Amazon S3 storage").
 */
function isPerhapsBlocked({ statements }: ParsedPolicy, { rules, sameAccount }: ParsedQuestion): boolean {
  return (
    rules.hasPublicAccessBlock &&
    !sameAccount &&
    statements.some(
      ({ effect, principals }) =>
        effect !== 'Deny' &&
        (typeof principals === 'string' || principals.negated || principals.entries.includes('*')),
    )
  )
}

/**
 * What AWS RAM writes adds to the policy of the key. Whether there is such a policy may not be known; it takes nothing
 * away from what others allow, as sharing only gives (inferred: AWS has no page on how the two go together).
 */
function sharedKeyPolicySource(policy: ParsedPolicy, question: ParsedQuestion): Source {
  const source = resourcePolicySource(policy, question)
  return policy.why === 'unreadable' ? { ...source, hides: [{ side: 'any', via: 'any' }] } : source
}

/** A policy that says what the role may do at most, or of itself: it names no principal. */
function roleSource(
  policy: ParsedPolicy,
  side: 'identity' | 'boundary' | 'organization',
  contexts: readonly RequestContext[],
): Source {
  const isPlain = ({ principals }: ParsedStatement) => principals === 'absent'
  return {
    policy,
    reaches(statement) {
      const truth = isPlain(statement) ? TRUE : UNKNOWN
      return byEffect(statement, { side: 'deny', via: side, truth }, [{ side, via: side, truth }])
    },
    explainReach: (statement) =>
      isPlain(statement) ? [] : [malformed(statement, 'such a policy does not name principals')],
    hides: [
      { side: 'deny', via: side },
      { side, via: side },
    ],
    contexts,
    level: 0,
    doubt: undefined,
  }
}

/** Every account has a resource control policy of AWS that allows everything, so only Denies count. */
function resourceControlSource(policy: ParsedPolicy, { contexts, rules }: ParsedQuestion): Source {
  const isForEverybody = ({ principals }: ParsedStatement) =>
    principals === 'absent' ||
    (principals !== 'malformed' && !principals.negated && principals.entries.includes('*'))
  const isCertain = (statement: ParsedStatement) => isForEverybody(statement) && rules.underResourceControl
  return {
    policy,
    reaches: (statement) =>
      statement.effect === 'Allow'
        ? []
        : [{ side: 'deny', via: 'organization', truth: isCertain(statement) ? TRUE : UNKNOWN }],
    explainReach: (statement) => [
      ...(isForEverybody(statement)
        ? []
        : [malformed(statement, 'the principal of a resource control policy is "*"')]),
      ...(rules.underResourceControl ? [] : [RESOURCE_CONTROL_DOUBT]),
    ],
    hides: [{ side: 'deny', via: 'organization' }],
    contexts,
    level: 0,
    doubt: undefined,
  }
}

const RESOURCE_CONTROL_DOUBT: UnknownReason = {
  kind: 'undocumented',
  topic: 'whether resource control policies bind resources of this service',
}

/** A statement that could not be understood may be either. */
function byEffect({ effect }: ParsedStatement, deny: Reach, allows: readonly Reach[]): readonly Reach[] {
  const reaches = [...(effect === 'Allow' ? [] : [deny]), ...(effect === 'Deny' ? [] : allows)]
  return reaches.filter(({ truth }) => truth !== FALSE)
}

/**
 * Aliases and tags of a key are documented for IAM policies only (KMS developer guide, "Condition keys for AWS KMS"):
 * a key policy sees them, or does not.
 */
function withKeyFactsPerhaps(context: RequestContext): RequestContext {
  return (key) =>
    /^(?:kms:ResourceAliases$|aws:ResourceTag\/)/i.test(key)
      ? eitherOf([context(key), ABSENT], 'KMS documents it for IAM policies only')
      : context(key)
}

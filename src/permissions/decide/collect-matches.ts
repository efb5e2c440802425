import { matchAction } from '../evaluate/match-action.js'
import { matchCondition } from '../evaluate/match-condition.js'
import { grantName, matchGrant } from '../evaluate/match-grant.js'
import { matchPrincipal, type PrincipalMatch, reach } from '../evaluate/match-principal.js'
import { hasResourceVariables, matchResource } from '../evaluate/match-resource.js'
import type { RequestContext } from '../evaluate/request-context.js'
import { and, FALSE, TRUE, type Truth, UNKNOWN } from '../evaluate/truth.js'
import type { Note } from '../evaluate/unknown-reason.js'
import type { ParsedPolicy, ParsedStatement } from '../policy/parse-policy.js'
import type { Evidence } from './decision.js'
import type { Match, Side } from './match.js'
import type { ParsedQuestion } from './parse-question.js'

/** Gathers everything that bears on a question; what certainly does not apply has no voice. */
export function collectMatches(question: ParsedQuestion): readonly Match[] {
  const voices: Match[] = []
  addKeyPolicy(voices, question)
  for (const policy of question.identityPolicies) addPolicy(voices, question, policy, 'identity', 'identity')
  if (question.boundary) addPolicy(voices, question, question.boundary, 'boundary', 'boundary')
  for (const [level, { policies, understood }] of question.serviceControl.entries()) {
    for (const policy of policies) addPolicy(voices, question, policy, 'organization', 'organization', level)
    if (!understood) confuseLevel(voices, level)
  }
  for (const policy of question.resourceControl)
    addPolicy(voices, question, policy, undefined, 'organization')
  addGrants(voices, question)
  return voices
}

const KEY_POLICY_SIDES = [
  ['any', 'any'],
  ['session', 'session'],
  ['named', 'role'],
  ['delegated', 'account'],
] as const

function addKeyPolicy(voices: Match[], asked: ParsedQuestion): void {
  const question = { ...asked, lookups: asked.lookups.map(withoutKeyFacts) }
  const { keyPolicy, caller } = question
  if (keyPolicy.why) addObstacle(voices, question, keyPolicy, ['deny', 'any'])
  for (const statement of keyPolicy.statements) {
    if (isInert(statement)) continue
    const base = matchAction(statement, question.action)
    if (base === FALSE) continue
    const match = matchPrincipal(statement, caller)
    const reached = reach(match)
    const truths = reached === FALSE ? undefined : truthsOnPaths(statement, question, base)
    if (!truths) continue
    const add = (side: Side, truth: Truth, via: Evidence['via'], effect: 'Allow' | 'Deny') => {
      if (truth === FALSE) return
      const weighed = truths.map((onPath) => and(onPath, truth))
      voices.push(statementVoice(statement, question, side, weighed, { via, effect }, { principal: true }))
    }
    if (statement.effect !== 'Allow') add('deny', reached, mostSpecific(match), 'Deny')
    if (statement.effect === 'Deny') continue
    for (const [side, via] of KEY_POLICY_SIDES) add(side, match[side], via, 'Allow')
  }
}

/** Aliases and tags of a key count in IAM policies only (KMS developer guide, "Condition keys for AWS KMS"). */
function withoutKeyFacts(lookup: RequestContext): RequestContext {
  return (key) =>
    /^(?:kms:ResourceAliases$|aws:ResourceTag\/)/i.test(key) ? { kind: 'unknown' } : lookup(key)
}

/** KMS takes such a statement and gives it no effect (KMS API reference, PutKeyPolicy). */
function isInert({ defect, elements }: ParsedStatement): boolean {
  if (defect) return false
  const { Action, NotAction, Resource, NotResource } = elements
  return (
    (Action === undefined && NotAction === undefined) || (Resource === undefined && NotResource === undefined)
  )
}

function mostSpecific(match: PrincipalMatch): Evidence['via'] {
  const certain = KEY_POLICY_SIDES.findLast(([side]) => match[side] === TRUE)
  return (certain ?? KEY_POLICY_SIDES.findLast(([side]) => match[side] !== FALSE))?.[1] ?? 'any'
}

function addPolicy(
  voices: Match[],
  question: ParsedQuestion,
  policy: ParsedPolicy,
  allowSide: 'identity' | 'boundary' | 'organization' | undefined,
  via: Evidence['via'],
  level = 0,
): void {
  if (policy.why) addObstacle(voices, question, policy, allowSide ? ['deny', allowSide] : ['deny'], level)
  for (const statement of policy.statements) {
    if (!allowSide && statement.effect === 'Allow') continue
    const base = and(
      matchAction(statement, question.action),
      matchNoPrincipal(statement, allowSide === undefined),
    )
    const truths = base === FALSE ? undefined : truthsOnPaths(statement, question, base)
    if (!truths) continue
    const checks = { resourceControl: allowSide === undefined }
    if (statement.effect !== 'Allow') {
      voices.push(statementVoice(statement, question, 'deny', truths, { via, effect: 'Deny' }, checks))
    }
    if (statement.effect !== 'Deny' && allowSide) {
      voices.push(
        statementVoice(statement, question, allowSide, truths, { via, effect: 'Allow' }, checks, level),
      )
    }
  }
}

/** Only resource control policies name a principal, and that is always everybody. */
function matchNoPrincipal(
  { elements, policy, sid: label }: ParsedStatement,
  resourceControl: boolean,
  note?: Note,
): Truth {
  const { Principal, NotPrincipal } = elements
  const isEverybody = resourceControl && (Principal === '*' || JSON.stringify(Principal) === '{"AWS":"*"}')
  if (NotPrincipal === undefined && (Principal === undefined || isEverybody)) return TRUE
  note?.({ kind: 'malformed', policy, statement: label, detail: 'such a policy does not name principals' })
  return UNKNOWN
}

function truthsOnPaths(
  statement: ParsedStatement,
  question: ParsedQuestion,
  base: Truth,
): readonly Truth[] | undefined {
  const { key, lookups } = question
  const constant = statement.elements['Condition'] === undefined && !hasResourceVariables(statement)
  let settled: Truth | undefined
  const truths = lookups.map((lookup): Truth => {
    if (constant && settled !== undefined) return settled
    const resource = matchResource(statement, key.arn, lookup)
    settled = resource === FALSE ? FALSE : and(and(base, resource), matchCondition(statement, lookup))
    return settled
  })
  return truths.some((truth) => truth !== FALSE) ? truths : undefined
}

function statementVoice(
  statement: ParsedStatement,
  question: ParsedQuestion,
  side: Side,
  truths: readonly Truth[],
  role: Pick<Evidence, 'via' | 'effect'>,
  checks: { readonly principal?: boolean; readonly resourceControl?: boolean },
  level = 0,
): Match {
  const { policy, sid: label, defect } = statement
  return {
    side,
    level,
    truths,
    evidence: { policy, statement: label, ...role },
    explain: (path, note) => {
      const lookup = question.lookups[path]
      if (defect) note({ kind: 'malformed', policy, statement: label, detail: defect })
      if (defect || !lookup) return
      matchAction(statement, question.action, note)
      matchResource(statement, question.key.arn, lookup, note)
      if (checks.principal) matchPrincipal(statement, question.caller, note)
      else matchNoPrincipal(statement, checks.resourceControl === true, note)
      matchCondition(statement, lookup, note)
    },
  }
}

const READ_PERMISSIONS: Readonly<Record<string, string>> = {
  'key-policy': 'kms:GetKeyPolicy',
  'identity-policies':
    'iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion',
  grants: 'kms:ListGrants',
}

function addObstacle(
  voices: Match[],
  question: ParsedQuestion,
  policy: ParsedPolicy,
  sides: readonly Side[],
  level = 0,
): void {
  const { name, why, detail } = policy
  // Each of these sides is a way in which evidence speaks as well.
  const via = (sides.find((side) => side !== 'deny') ?? 'organization') as Evidence['via']
  const hiddenDeny = { policy: name, statement: '*', effect: 'Deny', via } as const
  addUnknown(
    voices,
    question,
    sides,
    level,
    (_, note) => {
      if (why === 'malformed') note({ kind: 'malformed', policy: name, statement: '*', detail })
      else note({ kind: 'unreadable', source: name, permissionNeeded: permissionToRead(name, sides) })
    },
    hiddenDeny,
  )
}

function permissionToRead(name: string, sides: readonly Side[]): string {
  const known = READ_PERMISSIONS[name]
  if (known) return known
  if (/^(?:scp|rcp)(?:$|:)/.test(name)) return 'organizations:DescribePolicy'
  if (name === 'inline:*') return 'iam:ListRolePolicies, iam:GetRolePolicy'
  if (name === 'managed:*') return 'iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion'
  if (name.startsWith('inline:')) return 'iam:GetRolePolicy'
  return sides.includes('boundary')
    ? 'iam:GetRole, iam:GetPolicy, iam:GetPolicyVersion'
    : 'iam:GetPolicy, iam:GetPolicyVersion'
}

function confuseLevel(voices: Match[], level: number): void {
  const detail = 'which policies stand on the same level is not said'
  for (const [index, voice] of voices.entries()) {
    if (voice.side !== 'organization' || voice.level !== level) continue
    voices[index] = {
      ...voice,
      truths: voice.truths.map((truth) => and(truth, UNKNOWN)),
      explain: (_, note) => note({ kind: 'malformed', policy: 'scp', statement: '*', detail }),
    }
  }
}

function addGrants(voices: Match[], question: ParsedQuestion): void {
  const { action, caller, grants, lookups } = question
  if (grants === 'unreadable') {
    addUnknown(voices, question, ['ownGrant'], 0, (_, note) =>
      note({ kind: 'unreadable', source: 'grants', permissionNeeded: 'kms:ListGrants' }),
    )
    return
  }
  for (const grant of grants) {
    const match = matchGrant(grant, action, caller)
    for (const [side, truth] of [
      ['ownGrant', match.own],
      ['otherGrant', match.other],
    ] as const) {
      if (truth === FALSE) continue
      voices.push({
        side,
        level: 0,
        truths: lookups.map(() => truth),
        evidence: { policy: grantName(grant), statement: grantName(grant), effect: 'Allow', via: 'grant' },
        explain: (_, note) => void matchGrant(grant, action, caller, note),
      })
    }
  }
}

function addUnknown(
  voices: Match[],
  question: ParsedQuestion,
  sides: readonly Side[],
  level: number,
  explain: Match['explain'],
  hiddenDeny?: Match['evidence'],
): void {
  const truths = question.lookups.map((): Truth => UNKNOWN)
  for (const side of sides) {
    const evidence = side === 'deny' ? hiddenDeny : undefined
    voices.push({ side, level, truths, evidence, explain })
  }
}

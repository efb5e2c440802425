import { explainStatement } from '../evaluate/explain-statement.js'
import { matchAction } from '../evaluate/match-action.js'
import { matchConditions } from '../evaluate/match-condition.js'
import { matchGrant, type ParsedGrant } from '../evaluate/match-grant.js'
import { hasResourceVariables, matchResource } from '../evaluate/match-resource.js'
import type { RequestContext } from '../evaluate/request-context.js'
import { and, FALSE, TRUE, type Truth, UNKNOWN } from '../evaluate/truth.js'
import type { UnknownReason } from '../evaluate/unknown-reason.js'
import type { ParsedStatement } from '../policy/parse-statement.js'
import { parsePolicySource, printPolicySource } from '../policy/policy-source.js'
import type { Match } from './match.js'
import type { ParsedQuestion } from './parse-question.js'
import { permissionToRead } from './permission-to-read.js'
import { type Reach, type Source, sourcesOf } from './sources.js'

/** Gathers every statement, grant and unreadable source that bears on a question, certainly or perhaps. */
export function collectMatches(question: ParsedQuestion): readonly Match[] {
  const matches = sourcesOf(question).flatMap((source) =>
    source.policy.why === undefined
      ? source.policy.statements.flatMap((statement) => statementMatches(statement, source, question))
      : hiddenMatches(source),
  )
  return [...matches, ...grantMatches(question)]
}

function statementMatches(
  statement: ParsedStatement,
  source: Source,
  question: ParsedQuestion,
): readonly Match[] {
  const action = matchAction(statement, question.action)
  const reaches = action === FALSE ? [] : source.reaches(statement)
  const truths = reaches.length === 0 ? [] : truthsOnPaths(statement, source, question)
  if (truths.every((truth) => truth === FALSE)) return []
  return reaches.map((reach) => {
    const isDoubtful = isDoubted(source, reach)
    const weight = and(and(action, reach.truth), isDoubtful ? UNKNOWN : TRUE)
    const effect = reach.side === 'deny' ? 'Deny' : 'Allow'
    return {
      side: reach.side,
      level: source.level,
      truths: truths.map((truth) => and(truth, weight)),
      evidence: { policy: statement.policy, statement: statement.sid, effect, via: reach.via },
      explain: (path) => (isDoubtful ? explainDoubt(source) : explain(statement, source, question, path)),
    }
  })
}

/** Whether resources and conditions of a statement fit, on each call path. */
function truthsOnPaths(
  statement: ParsedStatement,
  { contexts }: Source,
  { resource: asked, pathKeys }: ParsedQuestion,
): readonly Truth[] {
  const onPath = (context: RequestContext): Truth => {
    const resource = matchResource(statement, asked, context)
    return resource === FALSE ? FALSE : and(resource, matchConditions(statement, context))
  }
  const [first] = contexts
  if (first === undefined || dependsOnPath(statement, pathKeys)) return contexts.map(onPath)
  const truth = onPath(first)
  return contexts.map(() => truth)
}

function dependsOnPath(statement: ParsedStatement, pathKeys: ReadonlySet<string>): boolean {
  return (
    hasResourceVariables(statement) ||
    statement.conditions.some(
      ({ key, values }) =>
        pathKeys.has(key.toLowerCase()) ||
        (statement.variables && values.some((value) => value.includes('${'))),
    )
  )
}

function explain(
  statement: ParsedStatement,
  source: Source,
  question: ParsedQuestion,
  path: number,
): readonly UnknownReason[] {
  const context = source.contexts[path]
  if (context === undefined) return []
  return [...explainStatement(statement, question, context), ...source.explainReach(statement)]
}

/** What cannot be read may allow, and may deny. */
function hiddenMatches(source: Source): readonly Match[] {
  const { name, why, detail } = source.policy
  const sides = source.hides.map(({ side }) => side)
  const reason: UnknownReason =
    why === 'malformed'
      ? { kind: 'malformed', policy: name, statement: '*', detail }
      : {
          kind: 'unreadable',
          source: name,
          permissionNeeded: permissionToRead(parsePolicySource(name), sides),
        }
  return source.hides.map((hidden) => ({
    side: hidden.side,
    level: source.level,
    truths: source.contexts.map((): Truth => UNKNOWN),
    evidence:
      hidden.side === 'deny' ? { policy: name, statement: '*', effect: 'Deny', via: hidden.via } : undefined,
    explain: () => (isDoubted(source, hidden) ? explainDoubt(source) : [reason]),
  }))
}

function isDoubted({ doubt }: Source, { side }: Pick<Reach, 'side'>): boolean {
  return doubt !== undefined && side !== 'deny'
}

function explainDoubt({ doubt }: Source): readonly UnknownReason[] {
  return doubt === undefined ? [] : [doubt]
}

function grantMatches(question: ParsedQuestion): readonly Match[] {
  const { grants, contexts } = question
  if (grants !== 'unreadable') return grants.flatMap((grant) => matchesOfGrant(grant, question))
  const truths = contexts.map((): Truth => UNKNOWN)
  const reason = { kind: 'unreadable', source: 'grants', permissionNeeded: 'kms:ListGrants' } as const
  return [{ side: 'ownGrant', level: 0, truths, evidence: undefined, explain: () => [reason] }]
}

function matchesOfGrant(
  grant: ParsedGrant | undefined,
  { action, resource, principal, contexts }: ParsedQuestion,
): readonly Match[] {
  const { own, other, doubts } = matchGrant(grant, action, resource, principal)
  const name = grant?.name ?? printPolicySource({ kind: 'grant', name: 'without id' })
  const sides = [
    { side: 'ownGrant', truth: own },
    { side: 'otherGrant', truth: other },
  ] as const
  return sides
    .filter(({ truth }) => truth !== FALSE)
    .map(({ side, truth }) => ({
      side,
      level: 0,
      truths: contexts.map(() => truth),
      evidence: { policy: name, statement: name, effect: 'Allow', via: 'grant' },
      explain: () => doubts,
    }))
}

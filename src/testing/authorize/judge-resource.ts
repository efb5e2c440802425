import type { PolicyDocument, PolicyStatement } from '../../permissions/policy/policy-document.js'
import { statementsOf } from '../world/policy-document.js'
import {
  allowReaches,
  any,
  type CallerPolicies,
  ceiling,
  FOREIGN,
  type Judgement,
  lacking,
  ownDenial,
  reach,
  refused,
} from './judge.js'
import { type JudgedRequest, statementApplies } from './statement-applies.js'

/** The resource's side of a request that is not about a key. */
export interface GuardedResource {
  readonly account: string
  readonly policy: PolicyDocument | undefined
  readonly rcps: readonly PolicyDocument[]
  /** Whether a policy that is open to everybody counts for nothing in other accounts, as with S3's Block Public Access. */
  readonly isClosedToThePublic: boolean
}

/**
 * Judges a request on a bucket, a Lambda or a topic: in its own account either the policy of the resource or the caller's
 * is enough, and callers of other accounts need both.
 */
export function judgeResourceRequest(
  side: CallerPolicies,
  resource: GuardedResource,
  request: JudgedRequest,
): Judgement {
  const speaking = statementsOf(resource.policy).filter((statement) =>
    statementApplies(statement, request, resource.policy?.Version, 'key'),
  )
  if (speaking.some((statement) => statement.Effect === 'Deny' && isAbout(statement, side)))
    return refused('with an explicit deny in a resource-based policy')
  if (resource.rcps.some((rcp) => any([rcp], 'Deny', request)))
    return refused('with an explicit deny in a resource control policy')
  const denial = ownDenial(side, request)
  if (denial !== undefined) return refused(`with an explicit deny in ${denial}`)

  // AWS does not support NotPrincipal with Allow.
  const reaches = allowReaches(
    speaking.filter(({ NotPrincipal }) => NotPrincipal === undefined),
    side,
  )
  const within = side.boundary === undefined || any([side.boundary], 'Allow', request)
  const identity = any(side.identity, 'Allow', request)
  if (side.caller.account !== resource.account) {
    const isClosed = resource.isClosedToThePublic && isPublic(resource.policy)
    return reaches.size > 0 && !isClosed && identity ? ceiling(side, request, within) : refused(FOREIGN)
  }
  if (reaches.has('any') || reaches.has('session')) return ceiling(side, request, true)
  if (reaches.has('role') || identity) return ceiling(side, request, within)
  return lacking('identity-based policy', request)
}

/** Whose canonical user id it is, the fake does not know, and holds it against the caller. */
function isAbout(statement: PolicyStatement, side: CallerPolicies): boolean {
  const { Principal } = statement
  return (
    reach(statement, side) !== undefined || (typeof Principal === 'object' && 'CanonicalUser' in Principal)
  )
}

function isPublic(policy: PolicyDocument | undefined): boolean {
  return statementsOf(policy).some(
    ({ Effect, Principal, NotPrincipal }) =>
      Effect === 'Allow' &&
      (NotPrincipal !== undefined ||
        Principal === '*' ||
        (typeof Principal === 'object' && [Principal['AWS'] ?? []].flat().includes('*'))),
  )
}

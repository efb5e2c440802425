import type { Grant } from '../../aws/kms-calls.js'
import type { PolicyDocument, PolicyStatement } from '../../permissions/policy/policy-document.js'
import type { Caller } from '../world/caller.js'
import { statementsOf, texts } from '../world/policy-document.js'
import { type JudgedRequest, statementApplies } from './statement-applies.js'

/** The IAM side of a caller: what its own policies allow. */
export interface CallerPolicies {
  readonly caller: Caller
  /** ARN of the user or role behind the caller. */
  readonly principalArn: string
  readonly principalId: string
  readonly identity: readonly PolicyDocument[]
  readonly boundary: PolicyDocument | undefined
  readonly scps: readonly (readonly PolicyDocument[])[]
}

/** The key's side of a request. */
export interface KeyPolicies {
  readonly account: string
  /** The policy of the key, and the one of AWS RAM when it is shared. */
  readonly policies: readonly PolicyDocument[]
  readonly grants: readonly Grant[]
  readonly rcps: readonly PolicyDocument[]
}

/** Whether a request is let through and, if not, why, in the words AWS ends its refusal with. */
export interface Judgement {
  readonly allowed: boolean
  readonly because: string
}

/** Judges a request by the caller's own policies alone, as AWS does where no resource policy has a say. */
export function judgeIdentity(side: CallerPolicies, request: JudgedRequest): Judgement {
  const denial = ownDenial(side, request)
  if (denial !== undefined) return refused(`with an explicit deny in ${denial}`)
  if (!any(side.identity, 'Allow', request)) return lacking('identity-based policy', request)
  return ceiling(side, request, side.boundary === undefined || any([side.boundary], 'Allow', request))
}

/**
 * Judges a request on a KMS key: by the key policy directly, by key policy and IAM policies together, or by a
 * grant, and against every Deny. AWS does not say how a boundary and a grant go together; here the grant wins.
 */
export function judgeKeyRequest(side: CallerPolicies, key: KeyPolicies, request: JudgedRequest): Judgement {
  const policy = key.policies.flatMap((document) => keyStatements(document, request))
  const keyDenies = policy.some((s) => s.Effect === 'Deny' && reach(s, side) !== undefined)
  if (keyDenies) return refused('with an explicit deny in a resource-based policy')
  if (key.rcps.some((rcp) => any([rcp], 'Deny', request))) {
    return refused('with an explicit deny in a resource control policy')
  }
  const denial = ownDenial(side, request)
  if (denial !== undefined) return refused(`with an explicit deny in ${denial}`)

  const reaches = allowReaches(policy, side)
  const identity = any(side.identity, 'Allow', request)
  const within = side.boundary === undefined || any([side.boundary], 'Allow', request)
  const grants = key.grants.filter((grant) => covers(grant, side, request))
  const grantedAtHome = grants.some((grant) => grant.IssuingAccount?.includes(side.caller.account))
  const sameAccount = side.caller.account === key.account
  const direct = reaches.has('any') || reaches.has('session')
  const allowed = sameAccount
    ? direct ||
      (reaches.has('role') && within) ||
      (reaches.has('account') && identity && within) ||
      grants.length > 0
    : ((direct || reaches.has('role') || reaches.has('account') || grants.length > 0) &&
        identity &&
        within) ||
      grantedAtHome
  if (allowed) return ceiling(side, request, true)
  if (!sameAccount) return refused(FOREIGN)
  if (reaches.has('account') && !identity) return lacking('identity-based policy', request)
  if (reaches.size > 0 && !within) return lacking('permissions boundary', request)
  return lacking('resource-based policy', request)
}

/** Judges who may assume a role, by its trust policy. */
export function judgeTrust(
  side: CallerPolicies,
  trust: PolicyDocument,
  roleAccount: string,
  request: JudgedRequest,
): boolean {
  const speaking = statementsOf(trust).filter((s) => statementApplies(s, request, trust.Version, 'trust'))
  if (speaking.some((s) => s.Effect === 'Deny' && reach(s, side) !== undefined)) return false
  const reaches = allowReaches(speaking, side)
  const own = judgeIdentity(side, request).allowed
  if (side.caller.account !== roleAccount) return reaches.size > 0 && own
  return (
    reaches.has('role') || reaches.has('session') || reaches.has('any') || (reaches.has('account') && own)
  )
}

/** How a statement may take in a caller. */
export type Reach = 'any' | 'account' | 'role' | 'session'

/** How the Allows among some statements take in the caller. */
export function allowReaches(
  statements: readonly PolicyStatement[],
  side: CallerPolicies,
): ReadonlySet<Reach> {
  const reaches = statements.filter((s) => s.Effect === 'Allow').map((s) => reach(s, side))
  return new Set(reaches.filter((one) => one !== undefined))
}

/** How a statement's principals take in the caller; `undefined` when they do not. */
export function reach(statement: PolicyStatement, side: CallerPolicies): Reach | undefined {
  const { caller, principalArn, principalId } = side
  const root = `arn:${caller.partition}:iam::${caller.account}:root`
  if (statement.NotPrincipal !== undefined) {
    const listed = principalsIn(statement.NotPrincipal)
    const spared =
      side.boundary === undefined && (listed.includes(principalArn) || listed.includes(caller.arn))
    return spared ? undefined : 'any'
  }
  const principals = principalsIn(statement.Principal)
  if (principals.includes('*')) return 'any'
  // What names a session, or a user, no boundary limits.
  if (caller.kind !== 'root' && principals.includes(caller.arn)) return 'session'
  if (caller.kind !== 'root' && (principals.includes(principalArn) || principals.includes(principalId))) {
    return 'role'
  }
  if (principals.includes(root) || principals.includes(caller.account)) {
    return caller.kind === 'root' ? 'role' : 'account'
  }
  return undefined
}

/** What AWS says of resources of other accounts. */
export const FOREIGN =
  'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access'

function principalsIn(element: PolicyStatement['Principal']): readonly string[] {
  if (element === undefined) return []
  return typeof element === 'string' ? [element] : texts(element['AWS'])
}

function keyStatements(policy: PolicyDocument, request: JudgedRequest): readonly PolicyStatement[] {
  return statementsOf(policy).filter((s) => statementApplies(s, request, policy.Version, 'key'))
}

/** Names the caller's own policy that denies a request; `undefined` when none does. */
export function ownDenial(side: CallerPolicies, request: JudgedRequest): string | undefined {
  if (any(side.scps.flat(), 'Deny', request)) return 'a service control policy'
  if (any(side.identity, 'Deny', request)) return 'an identity-based policy'
  if (side.boundary !== undefined && any([side.boundary], 'Deny', request)) return 'a permissions boundary'
  return undefined
}

/** Lets a request through unless the boundary or the organization does not allow it. */
export function ceiling(side: CallerPolicies, request: JudgedRequest, within: boolean): Judgement {
  if (!within) return lacking('permissions boundary', request)
  const underScps = side.scps.every((level) => any(level, 'Allow', request))
  return underScps ? { allowed: true, because: '' } : lacking('service control policy', request)
}

function covers(grant: Grant, side: CallerPolicies, request: JudgedRequest): boolean {
  const operation = request.action.slice('kms:'.length)
  const grantee = grant.GranteePrincipal
  if (grantee !== side.principalArn && grantee !== side.caller.arn) return false
  if (!grant.Operations?.includes(operation)) return false
  const { EncryptionContextEquals, EncryptionContextSubset, SourceArn } = grant.Constraints ?? {}
  if (SourceArn !== undefined && request.context.get('aws:sourcearn')?.[0] !== SourceArn) return false
  const wanted = { ...EncryptionContextEquals, ...EncryptionContextSubset }
  return (
    operation === 'DescribeKey' ||
    Object.entries(wanted).every(
      ([key, value]) => request.context.get(`kms:encryptioncontext:${key.toLowerCase()}`)?.[0] === value,
    )
  )
}

/** Tells whether any statement of an effect speaks of a request. */
export function any(
  policies: readonly PolicyDocument[],
  effect: 'Allow' | 'Deny',
  request: JudgedRequest,
): boolean {
  return policies.some((policy) =>
    statementsOf(policy).some((s) => s.Effect === effect && statementApplies(s, request, policy.Version)),
  )
}

/** A request that is not let through. */
export function refused(because: string): Judgement {
  return { allowed: false, because }
}

/** A request that no policy of a kind allows. */
export function lacking(source: string, { action }: JudgedRequest): Judgement {
  return refused(`because no ${source} allows the ${action} action`)
}

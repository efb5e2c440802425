import type { ParsedStatement } from '../policy/parse-statement.js'
import type { RoleIdentity } from './identity.js'
import { FALSE, or, TRUE, type Truth, UNKNOWN } from './truth.js'

/** How a key policy reaches a role; a permissions boundary and IAM policies count differently for each. */
export interface PrincipalMatch {
  /** `*`, or an exception that does not spare the role. */
  readonly any: Truth
  /** One session of the role. */
  readonly session: Truth
  /** The role's own ARN. */
  readonly role: Truth
  /** The role's account, which hands the decision to IAM policies. */
  readonly account: Truth
}

/** Who asks, as far as principals of a key policy can name them. */
export interface Principal {
  readonly role: RoleIdentity
  readonly roleId: string | undefined
  readonly boundary: 'none' | 'present' | 'unreadable'
}

const NOBODY: PrincipalMatch = { any: FALSE, session: FALSE, role: FALSE, account: FALSE }
const EVERYBODY: PrincipalMatch = { ...NOBODY, any: TRUE }
const ITS_ROLE: PrincipalMatch = { ...NOBODY, role: TRUE }
/** Of a user the boundary has no say in what a policy gives it by name, as of a session (IAM user guide, "Boundaries"). */
const ITSELF: PrincipalMatch = { ...NOBODY, session: TRUE }
const ITS_ACCOUNT: PrincipalMatch = { ...NOBODY, account: TRUE }
const PERHAPS: PrincipalMatch = { ...NOBODY, any: UNKNOWN }

/** Tells how a key policy statement reaches a role (IAM user guide, "Principal" and "NotPrincipal"). */
export function matchPrincipal(
  { principals, effect }: ParsedStatement,
  principal: Principal,
): PrincipalMatch {
  if (typeof principals === 'string') return PERHAPS
  let match = NOBODY
  for (const entry of principals.entries) match = merged(match, matchEntry(entry, principal))
  if (!principals.negated) return match
  // AWS does not support NotPrincipal with Allow, and does not say whether listing the role alone spares its sessions.
  if (effect !== 'Deny') return PERHAPS
  return principal.boundary === 'present' || reachOf(match) === FALSE ? EVERYBODY : PERHAPS
}

/** Tells how one entry of a principal element reaches a role. */
export function matchEntry(entry: string, { role, roleId }: Principal): PrincipalMatch {
  if (entry === '*') return EVERYBODY
  if (entry === role.arn) return role.isUser ? ITSELF : ITS_ROLE
  if (entry === role.account || entry === role.accountRoot) return ITS_ACCOUNT
  if (isSessionOf(entry, role)) return { ...NOBODY, session: UNKNOWN }
  return mayBeIdOf(entry, roleId, role) ? { ...NOBODY, role: UNKNOWN } : NOBODY
}

/** Tells whether the statement reaches the role in any way; enough for a Deny. */
export function reachOf({ any, session, role, account }: PrincipalMatch): Truth {
  return or(or(any, session), or(role, account))
}

/** Tells whether an ARN names one session of a role. */
export function isSessionOf(arn: string, { sessionPrefix }: RoleIdentity): boolean {
  return sessionPrefix !== undefined && arn.length > sessionPrefix.length && arn.startsWith(sessionPrefix)
}

/** Tells whether a principal may be the unique id of a role or user; whether such an id still counts is not documented. */
export function mayBeIdOf(
  principal: string,
  roleId: string | undefined,
  { isUser }: Pick<RoleIdentity, 'isUser'>,
): boolean {
  return principal.startsWith(isUser ? 'AIDA' : 'AROA') && (roleId === undefined || principal === roleId)
}

function merged(left: PrincipalMatch, right: PrincipalMatch): PrincipalMatch {
  return {
    any: or(left.any, right.any),
    session: or(left.session, right.session),
    role: or(left.role, right.role),
    account: or(left.account, right.account),
  }
}

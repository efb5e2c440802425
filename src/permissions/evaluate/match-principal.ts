import { isRecord, type ParsedStatement, textList } from '../policy/parse-policy.js'
import { isAccountId, type RoleIdentity } from './identity.js'
import { FALSE, or, TRUE, type Truth, UNKNOWN } from './truth.js'
import type { Note } from './unknown-reason.js'

/** How a key policy reaches a role; a permissions boundary and IAM policies count differently for each. */
export interface PrincipalMatch {
  /** `*`, or an exception that does not spare the role. */
  readonly any: Truth
  /** One session of the role. */
  readonly session: Truth
  /** The role's own ARN. */
  readonly named: Truth
  /** The role's account, which hands the decision to IAM policies. */
  readonly delegated: Truth
}

/** Who asks, as far as principals of a key policy can name them. */
export interface Principal {
  readonly role: RoleIdentity
  readonly roleId: string | undefined
  readonly boundary: 'none' | 'present' | 'unreadable'
}

const NOBODY: PrincipalMatch = { any: FALSE, session: FALSE, named: FALSE, delegated: FALSE }
const EVERYBODY: PrincipalMatch = { ...NOBODY, any: TRUE }
const PERHAPS: PrincipalMatch = { ...NOBODY, any: UNKNOWN }
const OTHER_TYPES = new Set(['Service', 'Federated', 'CanonicalUser'])

/** Tells how a key policy statement reaches a role (IAM user guide, "Principal" and "NotPrincipal"). */
export function matchPrincipal(statement: ParsedStatement, caller: Principal, note?: Note): PrincipalMatch {
  const { Principal: listed, NotPrincipal: excepted } = statement.elements
  if ((listed === undefined) === (excepted === undefined)) {
    return malformed(statement, 'a key policy statement has either Principal or NotPrincipal', note)
  }
  const match = matchElement(listed === undefined ? excepted : listed, caller, statement, note)
  if (!match || listed !== undefined) return match ?? PERHAPS
  return matchException(statement, match, caller, note)
}

function matchElement(
  element: unknown,
  caller: Principal,
  statement: ParsedStatement,
  note: Note | undefined,
): PrincipalMatch | undefined {
  if (element === '*') return EVERYBODY
  const invalid = () => {
    malformed(statement, 'a principal is "*" or an object of lists by type', note)
    return undefined
  }
  if (!isRecord(element)) return invalid()
  let match = NOBODY
  for (const [type, value] of Object.entries(element)) {
    const entries = textList(value) ?? (Array.isArray(value) && value.length === 0 ? [] : undefined)
    if (!entries || (type !== 'AWS' && !OTHER_TYPES.has(type))) return invalid()
    if (type !== 'AWS') continue
    for (const entry of entries) match = merged(match, matchEntry(entry, caller, statement, note))
  }
  return match
}

function matchEntry(
  entry: string,
  { role, roleId }: Principal,
  statement: ParsedStatement,
  note: Note | undefined,
): PrincipalMatch {
  const { policy, sid: label } = statement
  if (entry === '*') return EVERYBODY
  if (isAccountId(entry)) return entry === role.account ? { ...NOBODY, delegated: TRUE } : NOBODY
  if (entry === role.arn) return { ...NOBODY, named: TRUE }
  if (entry === accountRoot(role)) return { ...NOBODY, delegated: TRUE }
  if (isSessionOf(entry, role)) {
    note?.({ kind: 'session-name', policy, statement: label })
    return { ...NOBODY, session: UNKNOWN }
  }
  if (entry.startsWith('AROA') && (roleId === undefined || entry === roleId)) {
    const detail = `whether the unique id ${entry} still stands for this role is not documented`
    note?.({ kind: 'principal', policy, statement: label, detail })
    return { ...NOBODY, named: UNKNOWN }
  }
  return NOBODY
}

function matchException(
  statement: ParsedStatement,
  spared: PrincipalMatch,
  caller: Principal,
  note: Note | undefined,
): PrincipalMatch {
  const { policy, sid: label } = statement
  if (statement.effect !== 'Deny') {
    const detail = 'AWS does not support NotPrincipal with Allow'
    note?.({ kind: 'principal', policy, statement: label, detail })
    return PERHAPS
  }
  if (caller.boundary === 'present' || reach(spared) === FALSE) return EVERYBODY
  const detail = 'whether NotPrincipal spares this session is not documented'
  note?.({ kind: 'principal', policy, statement: label, detail })
  return PERHAPS
}

/** Tells whether the statement reaches the role in any way; enough for a Deny. */
export function reach(match: PrincipalMatch): Truth {
  return or(or(match.any, match.session), or(match.named, match.delegated))
}

/** The ARN that stands for the whole account of a role. */
export function accountRoot(role: RoleIdentity): string {
  return `arn:${role.partition}:iam::${role.account}:root`
}

/** Tells whether an ARN names one session of a role; session ARNs leave the role's path out. */
export function isSessionOf(arn: string, role: RoleIdentity): boolean {
  const prefix = `arn:${role.partition}:sts::${role.account}:assumed-role/${role.name}/`
  return arn.length > prefix.length && arn.startsWith(prefix)
}

function merged(left: PrincipalMatch, right: PrincipalMatch): PrincipalMatch {
  if (left === NOBODY) return right
  if (right === NOBODY) return left
  return {
    any: or(left.any, right.any),
    session: or(left.session, right.session),
    named: or(left.named, right.named),
    delegated: or(left.delegated, right.delegated),
  }
}

function malformed(statement: ParsedStatement, detail: string, note: Note | undefined): PrincipalMatch {
  note?.({ kind: 'malformed', policy: statement.policy, statement: statement.sid, detail })
  return PERHAPS
}

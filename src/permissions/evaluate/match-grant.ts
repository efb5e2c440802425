import { parseArn } from '../../names/arn.js'
import { isRecord } from '../policy/parse-policy.js'
import { accountRoot, isSessionOf, type Principal } from './match-principal.js'
import { and, FALSE, TRUE, type Truth, UNKNOWN } from './truth.js'
import type { Note } from './unknown-reason.js'

/** What a grant gives, by who issued it: only a grant of the role's own account needs no identity policy. */
export interface GrantMatch {
  readonly own: Truth
  readonly other: Truth
}

const NOTHING: GrantMatch = { own: FALSE, other: FALSE }

/** Tells whether a grant covers an action, given in lower case, for a role (KMS developer guide, "Grants in KMS"). */
export function matchGrant(grant: unknown, action: string, caller: Principal, note?: Note): GrantMatch {
  if (!isRecord(grant)) return { own: doubtful('a grant that is not an object', note), other: FALSE }
  const name = grantName(grant)
  const operations = grant['Operations']
  if (!Array.isArray(operations))
    return issued(grant, caller, doubtful(`the operations of ${name}`, note), note)
  if (!operations.some((operation) => `kms:${String(operation)}`.toLowerCase() === action)) return NOTHING
  const grantee = matchGrantee(grant['GranteePrincipal'], caller)
  if (grantee === FALSE) return NOTHING
  let truth: Truth = grantee
  if (grantee === UNKNOWN) truth = doubtful(`whom the grantee of ${name} stands for`, note)
  if (action === 'kms:creategrant')
    truth = and(truth, doubtful(`what a grant made through ${name} may hold`, note))
  else truth = and(truth, matchConstraints(grant['Constraints'], action, name, note))
  return issued(grant, caller, truth, note)
}

/** The name a grant goes by in the evidence. */
export function grantName(grant: unknown): string {
  const id = isRecord(grant) ? grant['GrantId'] : undefined
  return `grant:${typeof id === 'string' && id !== '' ? id : 'without id'}`
}

function matchGrantee(grantee: unknown, { role, roleId }: Principal): Truth {
  if (grantee === role.arn) return TRUE
  if (typeof grantee !== 'string') return FALSE
  if (grantee === accountRoot(role) || grantee === role.account || isSessionOf(grantee, role)) return UNKNOWN
  return grantee.startsWith('AROA') && (roleId === undefined || grantee === roleId) ? UNKNOWN : FALSE
}

function matchConstraints(constraints: unknown, action: string, name: string, note: Note | undefined): Truth {
  if (constraints === undefined || constraints === null) return TRUE
  if (!isRecord(constraints)) return doubtful(`the constraints of ${name}`, note)
  let truth: Truth = TRUE
  for (const [constraint, value] of Object.entries(constraints)) {
    if (value === undefined || value === null) continue
    const context = constraint === 'EncryptionContextEquals' || constraint === 'EncryptionContextSubset'
    if (context && action === 'kms:describekey') continue
    if (constraint === 'EncryptionContextSubset' && isRecord(value) && Object.keys(value).length === 0)
      continue
    truth = doubtful(`whether the request meets ${constraint} of ${name}`, note)
  }
  return truth
}

function issued(
  grant: Readonly<Record<string, unknown>>,
  { role }: Principal,
  truth: Truth,
  note: Note | undefined,
): GrantMatch {
  const issuer = grant['IssuingAccount']
  if (typeof issuer === 'string') {
    // KMS names an account by its root user.
    const isOwn = (parseArn(issuer)?.account ?? issuer) === role.account
    return isOwn ? { own: truth, other: FALSE } : { own: FALSE, other: truth }
  }
  return { own: and(truth, doubtful(`which account issued ${grantName(grant)}`, note)), other: truth }
}

function doubtful(topic: string, note: Note | undefined): Truth {
  note?.({ kind: 'undocumented', topic })
  return UNKNOWN
}

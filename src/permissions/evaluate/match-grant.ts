import { parseArn } from '../../names/arn.js'
import { isPlainObject, stringsOf } from '../policy/plain-values.js'
import { printPolicySource } from '../policy/policy-source.js'
import { isSessionOf, mayBeIdOf, type Principal } from './match-principal.js'
import { FALSE, TRUE, type Truth, UNKNOWN } from './truth.js'

/** What a grant gives, by who issued it: only a grant of the role's own account needs no identity policy. */
export interface GrantMatch {
  readonly own: Truth
  readonly other: Truth
  /** What is not known of it, in words. */
  readonly doubts: readonly string[]
}

/** A grant as far as it can be read; nothing in it is trusted to have the right shape. */
export interface ParsedGrant {
  /** The name it goes by in the evidence. */
  readonly name: string
  /** In lower case, with their service; `undefined` when they cannot be read. */
  readonly operations: readonly string[] | undefined
  /** `undefined` when it is no string: a grant for a service names none. */
  readonly grantee: string | undefined
  readonly constraints: readonly GrantConstraint[] | undefined
  readonly issuer: string | undefined
}

interface GrantConstraint {
  readonly name: string
  /** Whether every request meets it. */
  readonly isEmpty: boolean
}

const NOTHING: GrantMatch = { own: FALSE, other: FALSE, doubts: [] }

/** Reads a grant as ListGrants gives it; the only code that looks at it as it was given. */
export function parseGrant(grant: unknown): ParsedGrant | undefined {
  if (!isPlainObject(grant)) return undefined
  const { GrantId, Operations, GranteePrincipal, Constraints, IssuingAccount } = grant
  return {
    name: printPolicySource({ kind: 'grant', name: textOf(GrantId) || 'without id' }),
    operations: parseOperations(Operations),
    grantee: textOf(GranteePrincipal),
    constraints: parseConstraints(Constraints),
    issuer: textOf(IssuingAccount),
  }
}

/** Tells whether a grant covers an action, given in lower case, for a role (KMS developer guide, "Grants in KMS"). */
export function matchGrant(grant: ParsedGrant | undefined, action: string, principal: Principal): GrantMatch {
  if (!grant) return { own: UNKNOWN, other: FALSE, doubts: ['a grant that is not an object'] }
  const { name, operations, grantee, issuer } = grant
  const isFor = operations === undefined || operations.includes(action)
  const reach = operations === undefined ? TRUE : matchGrantee(grantee, principal)
  if (!isFor || reach === FALSE) return NOTHING
  const doubts = [
    ...(operations === undefined ? [`the operations of ${name}`] : []),
    ...(reach === UNKNOWN ? [`whom the grantee of ${name} stands for`] : []),
    ...(action === 'kms:creategrant'
      ? [`what a grant made through ${name} may hold`]
      : constraintDoubts(grant, action)),
  ]
  const truth = doubts.length > 0 ? UNKNOWN : TRUE
  if (issuer === undefined)
    return { own: UNKNOWN, other: truth, doubts: [...doubts, `which account issued ${name}`] }
  // KMS names an account by its root user.
  const isOwn = (parseArn(issuer)?.account ?? issuer) === principal.role.account
  return { own: isOwn ? truth : FALSE, other: isOwn ? FALSE : truth, doubts }
}

function matchGrantee(grantee: string | undefined, { role, roleId }: Principal): Truth {
  if (grantee === undefined) return FALSE
  if (grantee === role.arn) return TRUE
  const isDoubtful =
    grantee === role.accountRoot ||
    grantee === role.account ||
    isSessionOf(grantee, role) ||
    mayBeIdOf(grantee, roleId)
  return isDoubtful ? UNKNOWN : FALSE
}

function constraintDoubts({ constraints, name }: ParsedGrant, action: string): readonly string[] {
  if (constraints === undefined) return [`the constraints of ${name}`]
  return constraints
    .filter((constraint) => !constraint.isEmpty && !(isOnContext(constraint) && action === 'kms:describekey'))
    .map((constraint) => `whether the request meets ${constraint.name} of ${name}`)
}

/** DescribeKey has no encryption context, and KMS ignores constraints on it there. */
function isOnContext({ name }: GrantConstraint): boolean {
  return name === 'EncryptionContextEquals' || name === 'EncryptionContextSubset'
}

function parseOperations(operations: unknown): readonly string[] | undefined {
  if (Array.isArray(operations) && operations.length === 0) return []
  return Array.isArray(operations)
    ? stringsOf(operations)?.map((operation) => `kms:${operation}`.toLowerCase())
    : undefined
}

function parseConstraints(constraints: unknown): readonly GrantConstraint[] | undefined {
  if (constraints === undefined || constraints === null) return []
  if (!isPlainObject(constraints)) return undefined
  return Object.keys(constraints).map((name) => {
    const value = constraints[name]
    const isEmptySubset =
      name === 'EncryptionContextSubset' && isPlainObject(value) && Object.keys(value).length === 0
    return { name, isEmpty: value === undefined || value === null || isEmptySubset }
  })
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

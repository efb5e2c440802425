import { formatValue } from '../../errors/format-value.js'
import { parseArn } from '../../names/arn.js'
import { isPlainObject, stringsOf } from '../policy/plain-values.js'
import { printPolicySource } from '../policy/policy-source.js'
import type { ResourceIdentity } from './identity.js'
import { isSessionOf, mayBeIdOf, type Principal } from './match-principal.js'
import type { KeyGrant } from './question.js'
import { FALSE, TRUE, type Truth, UNKNOWN } from './truth.js'
import type { UnknownReason } from './unknown-reason.js'

/** What a grant gives, by who issued it: only a grant of the role's own account needs no identity policy. */
export interface GrantMatch {
  readonly own: Truth
  readonly other: Truth
  readonly doubts: readonly UnknownReason[]
}

/** A grant as far as it can be read; nothing in it is trusted to have the right shape. */
export interface ParsedGrant {
  /** The name it goes by in the evidence. */
  readonly name: string
  /** The name of a field that no grant has: another field may have been meant. */
  readonly strangeField: string | undefined
  /** What names its key, as it was given; `undefined` for the key that was asked about. */
  readonly key: unknown
  /** In lower case, with their service; `undefined` when they cannot be read. */
  readonly operations: readonly string[] | undefined
  /** `undefined` when it is not a string: a grant for a service names none. */
  readonly grantee: string | undefined
  readonly constraints: readonly GrantConstraint[] | undefined
  readonly issuer: string | undefined
}

interface GrantConstraint {
  readonly name: string
  /** Whether every request meets it. */
  readonly isEmpty: boolean
}

// KMS API reference, "GrantListEntry"; CreateGrant gives the token.
const FIELDS: ReadonlySet<string> = new Set([
  'KeyId',
  'GrantId',
  'Name',
  'CreationDate',
  'GranteePrincipal',
  'GranteeServicePrincipal',
  'RetiringPrincipal',
  'RetiringServicePrincipal',
  'IssuingAccount',
  'Operations',
  'Constraints',
  'GrantToken',
] satisfies readonly (keyof KeyGrant)[])

const NOTHING: GrantMatch = { own: FALSE, other: FALSE, doubts: [] }

/** Reads a grant as ListGrants gives it; the only code that looks at it as it was given. */
export function parseGrant(grant: unknown): ParsedGrant | undefined {
  if (!isPlainObject(grant)) return undefined
  const { KeyId, GrantId, Operations, GranteePrincipal, Constraints, IssuingAccount } = grant
  return {
    name: printPolicySource({ kind: 'grant', name: textOf(GrantId) || 'without id' }),
    strangeField: Object.keys(grant).find((field) => !FIELDS.has(field)),
    key: KeyId,
    operations: parseOperations(Operations),
    grantee: textOf(GranteePrincipal),
    constraints: parseConstraints(Constraints),
    issuer: textOf(IssuingAccount),
  }
}

/** Tells whether a grant covers an action, given in lower case, for a role (KMS developer guide, "Grants in KMS"). */
export function matchGrant(
  grant: ParsedGrant | undefined,
  action: string,
  key: ResourceIdentity,
  principal: Principal,
): GrantMatch {
  if (!grant) return { own: UNKNOWN, other: FALSE, doubts: [undocumented('a grant that is not an object')] }
  const { name, strangeField, operations, issuer } = grant
  const isFor = operations === undefined || operations.includes(action)
  const reach = operations === undefined ? TRUE : matchGrantee(grant, principal)
  const onKey = matchKey(grant.key, key)
  if (!isFor || reach === FALSE || onKey === FALSE) return NOTHING
  const topics = [
    ...(operations === undefined ? [`the operations of ${name}`] : []),
    ...(onKey === UNKNOWN ? [`which key the KeyId of ${name} names`] : []),
    ...(reach === UNKNOWN ? [`whom the grantee of ${name} stands for`] : []),
    ...(action === 'kms:creategrant'
      ? [`what a grant made through ${name} may hold`]
      : constraintDoubts(grant, action)),
  ]
  const doubts: readonly UnknownReason[] =
    strangeField === undefined
      ? topics.map(undocumented)
      : [
          {
            kind: 'malformed',
            policy: name,
            statement: name,
            detail: `${formatValue(strangeField)} is not a field of a grant`,
          },
        ]
  const truth = doubts.length > 0 ? UNKNOWN : TRUE
  if (issuer === undefined)
    return { own: UNKNOWN, other: truth, doubts: [...doubts, undocumented(`which account issued ${name}`)] }
  // KMS names an account by its root user.
  const isOwn = (parseArn(issuer)?.account ?? issuer) === principal.role.account
  return { own: isOwn ? truth : FALSE, other: isOwn ? FALSE : truth, doubts }
}

function undocumented(topic: string): UnknownReason {
  return { kind: 'undocumented', topic }
}

/** ListGrants names the key by its ARN or its id; an alias may stand for any key. */
function matchKey(named: unknown, { arn }: ResourceIdentity): Truth {
  if (named === undefined || named === arn || named === arn.slice(arn.indexOf('/') + 1)) return TRUE
  const isOther =
    typeof named === 'string' && /^(?:arn:[a-z-]+:kms:[a-z\d-]+:\d{12}:key\/)?[a-z\d-]+$/.test(named)
  return isOther ? FALSE : UNKNOWN
}

function matchGrantee({ grantee, strangeField }: ParsedGrant, { role, roleId }: Principal): Truth {
  if (grantee === undefined) return strangeField === undefined ? FALSE : UNKNOWN
  if (grantee === role.arn) return TRUE
  const isDoubtful =
    grantee === role.accountRoot ||
    grantee === role.account ||
    isSessionOf(grantee, role) ||
    mayBeIdOf(grantee, roleId, role)
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

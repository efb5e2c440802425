import { isAwsError } from '../../aws/aws-error.js'
import type { IamRole } from '../../aws/iam-calls.js'
import { parseRoleArn } from '../../names/role-arn.js'
import type { NamedPolicy, Unreadable } from '../policy/policy-document.js'
import { everyPage, hasName, isName, type Reader } from './reader.js'

/** What IAM says of the execution role. */
export interface RoleSources {
  /** The ARN that the job names. */
  readonly given: string
  /** The role's ARN as IAM gives it; the job's when IAM could not be asked. */
  readonly arn: string
  readonly name: string
  readonly account: string
  /** `unreadable`: whether the role exists is not known. */
  readonly presence: 'found' | 'not-found' | 'unreadable'
  readonly roleId?: string
  readonly createdAt?: Date
  readonly tags: Readonly<Record<string, string>>
  readonly trustPolicy: string | Unreadable
  /** Documents of inline (`inline:NAME`) and attached policies (`managed:ARN@vN`). */
  readonly identityPolicies: readonly NamedPolicy[]
  readonly boundary: NamedPolicy | null
}

const UNREADABLE: Unreadable = 'UNREADABLE'
const NOT_THERE = ['NoSuchEntity', 'NoSuchEntityException'] as const

/**
 * Reads role, inline and attached policies and boundary. Refused parts are kept as unreadable.
 * Needs `iam:GetRole`, `iam:ListRolePolicies`, `iam:GetRolePolicy`, `iam:ListAttachedRolePolicies`, `iam:GetPolicy`
 * and `iam:GetPolicyVersion`.
 */
export async function readRole(
  roleArn: string,
  callerAccount: Promise<string | undefined>,
  reader: Reader,
): Promise<RoleSources> {
  const { name, account } = parseRoleArn(roleArn)
  const whole = { given: roleArn, arn: roleArn, name, account, tags: {}, trustPolicy: UNREADABLE } as const
  const unread = { ...whole, identityPolicies: [unreadable('identity-policies')], boundary: null }
  const [found, inline, attached] = await Promise.all([
    readFound(name, reader),
    readInline(name, reader),
    readAttached(name, reader),
  ])
  const owner = await callerAccount
  // IAM answers for the caller's own account: a role of that name there is another role.
  if (owner !== undefined && owner !== account) {
    return { ...unread, presence: 'unreadable', boundary: unreadable('boundary') }
  }
  // A role that is deleted while it is read has no policies, and none is no answer.
  if (found === 'not-found' || inline === 'not-found' || attached === 'not-found')
    return { ...unread, presence: 'not-found' }
  const identityPolicies = [...inline, ...attached]
  if (found === undefined) {
    return { ...whole, presence: 'unreadable', identityPolicies, boundary: unreadable('boundary') }
  }
  const { role, boundary } = found
  return {
    ...whole,
    arn: role.Arn ?? roleArn,
    presence: 'found',
    ...(isName(role.RoleId) && { roleId: role.RoleId }),
    ...(role.CreateDate instanceof Date && { createdAt: role.CreateDate }),
    tags: Object.fromEntries((role.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    trustPolicy: decoded(role.AssumeRolePolicyDocument) ?? UNREADABLE,
    identityPolicies,
    boundary,
  }
}

/** Gives a policy document of IAM as JSON text: IAM hands documents out URL-encoded. `undefined` when it is none. */
export function decoded(document: string | undefined): string | undefined {
  if (typeof document !== 'string') return undefined
  if (!document.startsWith('%')) return document
  try {
    return decodeURIComponent(document)
  } catch {
    return undefined
  }
}

/** Gives what a read finds, or `otherwise` when IAM has no such thing. */
export async function orWhenAbsent<Found, Otherwise>(
  reading: Promise<Found>,
  otherwise: Otherwise,
): Promise<Found | Otherwise> {
  try {
    return await reading
  } catch (thrown) {
    if (isAwsError(thrown, ...NOT_THERE)) return otherwise
    throw thrown
  }
}

async function readFound(
  name: string,
  reader: Reader,
): Promise<{ role: IamRole; boundary: NamedPolicy | null } | 'not-found' | undefined> {
  const source = `the role ${name}`
  const answer = await orWhenAbsent(
    reader.read('iam:GetRole', { RoleName: name }, source),
    'not-found' as const,
  )
  if (answer === undefined || answer === 'not-found') return answer
  const { Role: role } = answer
  const tags = role?.Tags ?? []
  if (!isName(role?.Arn) || role === undefined || !Array.isArray(tags) || !tags.every(hasName('Key'))) {
    reader.noteNotWhole('iam:GetRole', source)
    return undefined
  }
  return { role, boundary: await readBoundary(role, reader) }
}

async function readBoundary(role: IamRole, reader: Reader): Promise<NamedPolicy | null> {
  if (role.PermissionsBoundary === undefined || role.PermissionsBoundary === null) return null
  const { PermissionsBoundaryArn: arn } = role.PermissionsBoundary
  if (arn !== undefined && isName(arn)) return readManaged('boundary', arn, reader)
  reader.noteNotWhole('iam:GetRole', `the permissions boundary of the role ${role.RoleName ?? role.Arn}`)
  return unreadable('boundary')
}

async function readInline(name: string, reader: Reader): Promise<readonly NamedPolicy[] | 'not-found'> {
  const source = `the inline policies of the role ${name}`
  const names = await orWhenAbsent(
    everyPage(
      (marker) =>
        reader.read(
          'iam:ListRolePolicies',
          { RoleName: name, ...(marker !== undefined && { Marker: marker }) },
          source,
        ),
      ({ PolicyNames }) => PolicyNames,
      isName,
      ({ IsTruncated, Marker }) => ({ isTruncated: IsTruncated, marker: Marker }),
      () => reader.noteNotWhole('iam:ListRolePolicies', source),
    ),
    'not-found' as const,
  )
  if (names === 'not-found') return names
  if (names === undefined) return [unreadable('inline:*')]
  const policies = await Promise.all(names.map((policyName) => readInlinePolicy(name, policyName, reader)))
  return policies.flat()
}

/** None when it was deleted since it was listed. */
async function readInlinePolicy(
  roleName: string,
  policyName: string,
  reader: Reader,
): Promise<readonly NamedPolicy[]> {
  const source = `the inline policy ${policyName} of the role ${roleName}`
  const input = { RoleName: roleName, PolicyName: policyName }
  const answer = await orWhenAbsent(reader.read('iam:GetRolePolicy', input, source), null)
  if (answer === null) return []
  const policy = decoded(answer?.PolicyDocument)
  if (answer !== undefined && policy === undefined) reader.noteNotWhole('iam:GetRolePolicy', source)
  return [{ name: `inline:${policyName}`, policy: policy ?? UNREADABLE }]
}

async function readAttached(name: string, reader: Reader): Promise<readonly NamedPolicy[] | 'not-found'> {
  const source = `the policies attached to the role ${name}`
  const attached = await orWhenAbsent(
    everyPage(
      (marker) =>
        reader.read(
          'iam:ListAttachedRolePolicies',
          { RoleName: name, ...(marker !== undefined && { Marker: marker }) },
          source,
        ),
      ({ AttachedPolicies }) => AttachedPolicies,
      hasName('PolicyArn'),
      ({ IsTruncated, Marker }) => ({ isTruncated: IsTruncated, marker: Marker }),
      () => reader.noteNotWhole('iam:ListAttachedRolePolicies', source),
    ),
    'not-found' as const,
  )
  if (attached === 'not-found') return attached
  if (attached === undefined) return [unreadable('managed:*')]
  return Promise.all(attached.map(({ PolicyArn = '' }) => readManaged('managed', PolicyArn, reader)))
}

async function readManaged(kind: 'managed' | 'boundary', arn: string, reader: Reader): Promise<NamedPolicy> {
  const source = `the policy ${arn}`
  const found = await orWhenAbsent(reader.read('iam:GetPolicy', { PolicyArn: arn }, source), undefined)
  const version = found?.Policy?.DefaultVersionId
  if (found !== undefined && version === undefined) reader.noteNotWhole('iam:GetPolicy', source)
  if (version === undefined) return unreadable(`${kind}:${arn}`)
  const answer = await orWhenAbsent(
    reader.read('iam:GetPolicyVersion', { PolicyArn: arn, VersionId: version }, source),
    undefined,
  )
  const policy = decoded(answer?.PolicyVersion?.Document)
  if (answer !== undefined && policy === undefined) reader.noteNotWhole('iam:GetPolicyVersion', source)
  return { name: `${kind}:${arn}@${version}`, policy: policy ?? UNREADABLE }
}

function unreadable(name: string): NamedPolicy {
  return { name, policy: UNREADABLE }
}

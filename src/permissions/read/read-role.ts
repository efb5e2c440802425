import type { IamRole } from '../../aws/iam-calls.js'
import { parseArn } from '../../names/arn.js'
import { parseRoleArn } from '../../names/role-arn.js'
import type { NamedPolicy, Unreadable } from '../policy/policy-document.js'
import {
  decoded,
  orWhenAbsent,
  readAttachedPolicies,
  readBoundary,
  readInlinePolicies,
  unreadable,
} from './read-policies.js'
import { hasName, isName, type Reader } from './reader.js'

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
  const isAbsent = found === 'not-found' || inline === 'not-found' || attached === 'not-found'
  if (!(await isAnswerFor(account, callerAccount, isAbsent ? 'absent' : found?.role)))
    return { ...unread, presence: 'unreadable', boundary: unreadable('boundary') }
  // A role that is deleted while it is read has no policies, and none is no answer.
  if (isAbsent) return { ...unread, presence: 'not-found' }
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

/** The account of a role or user as IAM gives it. */
export function accountOf(found: { readonly Arn?: string | undefined } | undefined): string | undefined {
  return parseArn(found?.Arn ?? '')?.account
}

/**
 * Tells whether what IAM said of a name is about the account that is meant. It answers for the caller's own: a role or user
 * of that name there is another one, and none there is no answer.
 */
export async function isAnswerFor(
  account: string,
  callerAccount: Promise<string | undefined>,
  answer: 'absent' | { readonly Arn?: string | undefined } | undefined,
): Promise<boolean> {
  const owner = await callerAccount
  if (owner !== undefined) return owner === account
  if (answer === 'absent') return false
  const shown = accountOf(answer)
  return shown === undefined || shown === account
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
  return {
    role,
    boundary: await readBoundary(
      role.PermissionsBoundary,
      'iam:GetRole',
      `the role ${role.RoleName ?? role.Arn}`,
      reader,
    ),
  }
}

function readInline(name: string, reader: Reader): Promise<readonly NamedPolicy[] | 'not-found'> {
  return readInlinePolicies(
    {
      of: `the role ${name}`,
      unreadable: 'inline:*',
      calls: { list: 'iam:ListRolePolicies', get: 'iam:GetRolePolicy' },
      list: (page, source) => reader.read('iam:ListRolePolicies', { RoleName: name, ...page }, source),
      get: (policy, source) =>
        reader.read('iam:GetRolePolicy', { RoleName: name, PolicyName: policy }, source),
    },
    reader,
  )
}

function readAttached(name: string, reader: Reader): Promise<readonly NamedPolicy[] | 'not-found'> {
  return readAttachedPolicies(
    {
      of: `the role ${name}`,
      unreadable: 'managed:*',
      call: 'iam:ListAttachedRolePolicies',
      list: (page, source) =>
        reader.read('iam:ListAttachedRolePolicies', { RoleName: name, ...page }, source),
    },
    reader,
  )
}

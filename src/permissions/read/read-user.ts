import { parseArn } from '../../names/arn.js'
import type { NamedPolicy } from '../policy/policy-document.js'
import {
  orWhenAbsent,
  readAttachedPolicies,
  readBoundary,
  readInlinePolicies,
  readList,
  unreadable,
} from './read-policies.js'
import { isAnswerFor, type RoleSources } from './read-role.js'
import { hasName, isName, type Reader } from './reader.js'

/** The name of what of a user's policies cannot be read. */
const HIDDEN = 'user-policies'

/** Nobody assumes a user, so that no tags are passed either. */
const NO_TRUST = JSON.stringify({ Statement: [] })

/**
 * Reads a user in the place of a role: its inline and attached policies, those of its groups, and its boundary. Refused
 * parts are kept as unreadable. Needs `iam:GetUser`, `iam:ListUserPolicies`, `iam:GetUserPolicy`,
 * `iam:ListAttachedUserPolicies`, `iam:ListGroupsForUser`, `iam:ListGroupPolicies`, `iam:GetGroupPolicy`,
 * `iam:ListAttachedGroupPolicies`, `iam:GetPolicy` and `iam:GetPolicyVersion`.
 */
export async function readUser(
  userArn: string,
  callerAccount: Promise<string | undefined>,
  reader: Reader,
): Promise<RoleSources> {
  const { account = '', resource = '' } = parseArn(userArn) ?? {}
  const name = resource.slice(resource.lastIndexOf('/') + 1)
  const whole = { given: userArn, arn: userArn, name, account, tags: {}, trustPolicy: NO_TRUST } as const
  const unread = { ...whole, identityPolicies: [unreadable(HIDDEN)], boundary: unreadable(HIDDEN) }
  const [found, own, ofGroups] = await Promise.all([
    readFound(name, reader),
    readOwn(name, reader),
    readGroups(name, reader),
  ])
  const isAbsent = found === 'not-found' || own === 'not-found' || ofGroups === 'not-found'
  if (!(await isAnswerFor(account, callerAccount, isAbsent ? 'absent' : found?.user)))
    return { ...unread, presence: 'unreadable' }
  if (isAbsent) return { ...unread, boundary: null, presence: 'not-found' }
  const identityPolicies = [...own, ...ofGroups]
  if (found === undefined) return { ...unread, presence: 'unreadable', identityPolicies }
  const { user, boundary } = found
  return {
    ...whole,
    arn: user.Arn ?? userArn,
    presence: 'found',
    ...(isName(user.UserId) && { roleId: user.UserId }),
    tags: Object.fromEntries((user.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    identityPolicies,
    boundary,
  }
}

async function readFound(name: string, reader: Reader) {
  const source = `the user ${name}`
  const answer = await orWhenAbsent(
    reader.read('iam:GetUser', { UserName: name }, source),
    'not-found' as const,
  )
  if (answer === undefined || answer === 'not-found') return answer
  const { User: user } = answer
  const tags = user?.Tags ?? []
  if (user === undefined || !isName(user.Arn) || !Array.isArray(tags) || !tags.every(hasName('Key'))) {
    reader.noteNotWhole('iam:GetUser', source)
    return undefined
  }
  return { user, boundary: await readBoundary(user.PermissionsBoundary, 'iam:GetUser', source, reader) }
}

async function readOwn(name: string, reader: Reader): Promise<readonly NamedPolicy[] | 'not-found'> {
  const of = `the user ${name}`
  const user = { UserName: name }
  const [inline, attached] = await Promise.all([
    readInlinePolicies(
      {
        of,
        unreadable: HIDDEN,
        calls: { list: 'iam:ListUserPolicies', get: 'iam:GetUserPolicy' },
        list: (from, source) => reader.read('iam:ListUserPolicies', { ...user, ...from }, source),
        get: (policy, source) => reader.read('iam:GetUserPolicy', { ...user, PolicyName: policy }, source),
      },
      reader,
    ),
    readAttachedPolicies(
      {
        of,
        unreadable: HIDDEN,
        call: 'iam:ListAttachedUserPolicies',
        list: (from, source) => reader.read('iam:ListAttachedUserPolicies', { ...user, ...from }, source),
      },
      reader,
    ),
  ])
  return inline === 'not-found' || attached === 'not-found' ? 'not-found' : [...inline, ...attached]
}

async function readGroups(name: string, reader: Reader): Promise<readonly NamedPolicy[] | 'not-found'> {
  const source = `the groups of the user ${name}`
  const groups = await readList(
    (from) => reader.read('iam:ListGroupsForUser', { UserName: name, ...from }, source),
    ({ Groups }) => Groups,
    hasName('GroupName'),
    () => reader.noteNotWhole('iam:ListGroupsForUser', source),
  )
  if (groups === 'not-found') return groups
  if (groups === undefined) return [unreadable(HIDDEN)]
  return (await Promise.all(groups.map(({ GroupName = '' }) => readGroup(GroupName, reader)))).flat()
}

/** None when it was deleted since it was listed. */
async function readGroup(name: string, reader: Reader): Promise<readonly NamedPolicy[]> {
  const of = `the group ${name}`
  const group = { GroupName: name }
  const [inline, attached] = await Promise.all([
    readInlinePolicies(
      {
        of,
        prefix: `${name}/`,
        unreadable: HIDDEN,
        calls: { list: 'iam:ListGroupPolicies', get: 'iam:GetGroupPolicy' },
        list: (from, source) => reader.read('iam:ListGroupPolicies', { ...group, ...from }, source),
        get: (policy, source) => reader.read('iam:GetGroupPolicy', { ...group, PolicyName: policy }, source),
      },
      reader,
    ),
    readAttachedPolicies(
      {
        of,
        unreadable: HIDDEN,
        call: 'iam:ListAttachedGroupPolicies',
        list: (from, source) => reader.read('iam:ListAttachedGroupPolicies', { ...group, ...from }, source),
      },
      reader,
    ),
  ])
  return [inline, attached].flatMap((policies) => (policies === 'not-found' ? [] : policies))
}

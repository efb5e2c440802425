import type {
  GetGroupPolicyCommandInput,
  GetUserCommandInput,
  GetUserPolicyCommandInput,
  ListAttachedGroupPoliciesCommandInput,
  ListAttachedUserPoliciesCommandInput,
  ListGroupPoliciesCommandInput,
  ListGroupsForUserCommandInput,
  ListUserPoliciesCommandInput,
} from '@aws-sdk/client-iam'
import type { PolicyDocument } from '../../permissions/policy/policy-document.js'
import { authorize } from '../authorize/authorize.js'
import type { Call, FakeUser, Operations, World } from '../world/world.js'
import { encodeDocument, iamPage, invalidName, noEntity } from './iam-answers.js'

/** The users of the fake's IAM, and their groups: read only. */
export const IAM_USERS: Operations = {
  GetUser: getUser,
  ListUserPolicies: listUserPolicies,
  GetUserPolicy: getUserPolicy,
  ListAttachedUserPolicies: listAttachedUserPolicies,
  ListGroupsForUser: listGroupsForUser,
  ListGroupPolicies: listGroupPolicies,
  GetGroupPolicy: getGroupPolicy,
  ListAttachedGroupPolicies: listAttachedGroupPolicies,
}

function getUser(world: World, call: Call, input: GetUserCommandInput) {
  const user = ownUser(world, call, input.UserName, 'iam:GetUser')
  const tags = Object.entries(user.tags).map(([Key, Value]) => ({ Key, Value }))
  return {
    User: {
      UserName: user.name,
      UserId: user.id,
      Arn: user.arn,
      ...(user.boundaryArn !== undefined && {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'Policy',
          PermissionsBoundaryArn: user.boundaryArn,
        },
      }),
      ...(tags.length > 0 && { Tags: tags }),
    },
  }
}

function listUserPolicies(world: World, call: Call, input: ListUserPoliciesCommandInput) {
  const user = ownUser(world, call, input.UserName, 'iam:ListUserPolicies')
  const { shown, rest } = iamPage(world, [...user.policies.keys()], input)
  return { PolicyNames: shown, ...rest }
}

function getUserPolicy(world: World, call: Call, input: GetUserPolicyCommandInput) {
  const user = ownUser(world, call, input.UserName, 'iam:GetUserPolicy')
  return { UserName: user.name, ...inlinePolicy(user.policies, input.PolicyName) }
}

function listAttachedUserPolicies(world: World, call: Call, input: ListAttachedUserPoliciesCommandInput) {
  const user = ownUser(world, call, input.UserName, 'iam:ListAttachedUserPolicies')
  const attached = user.attached.map((PolicyArn) => ({
    PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
    PolicyArn,
  }))
  const { shown, rest } = iamPage(world, attached, input)
  return { AttachedPolicies: shown, ...rest }
}

function listGroupsForUser(world: World, call: Call, input: ListGroupsForUserCommandInput) {
  const user = ownUser(world, call, input.UserName, 'iam:ListGroupsForUser')
  const groups = [...user.groups.keys()].map((GroupName) => ({
    GroupName,
    Arn: groupArn(world, call, GroupName),
  }))
  const { shown, rest } = iamPage(world, groups, input)
  return { Groups: shown, ...rest }
}

function listGroupPolicies(world: World, call: Call, input: ListGroupPoliciesCommandInput) {
  const policies = ownGroup(world, call, input.GroupName, 'iam:ListGroupPolicies')
  const { shown, rest } = iamPage(world, [...policies.keys()], input)
  return { PolicyNames: shown, ...rest }
}

function getGroupPolicy(world: World, call: Call, input: GetGroupPolicyCommandInput) {
  const policies = ownGroup(world, call, input.GroupName, 'iam:GetGroupPolicy')
  return { GroupName: input.GroupName, ...inlinePolicy(policies, input.PolicyName) }
}

/** Groups of the fake have inline policies only. */
function listAttachedGroupPolicies(world: World, call: Call, input: ListAttachedGroupPoliciesCommandInput) {
  ownGroup(world, call, input.GroupName, 'iam:ListAttachedGroupPolicies')
  return { AttachedPolicies: [], IsTruncated: false }
}

function inlinePolicy(policies: ReadonlyMap<string, PolicyDocument>, name: string | undefined) {
  const document = policies.get(name ?? '')
  if (document === undefined) throw noEntity(`The policy with name ${name} cannot be found.`)
  return { PolicyName: name, PolicyDocument: encodeDocument(JSON.stringify(document)) }
}

function ownUser(world: World, call: Call, name: string | undefined, action: string): FakeUser {
  if (name === undefined || !/^[\w+=,.@-]{1,64}$/.test(name)) throw invalidName('userName')
  const user = usersOf(world, call).find((one) => one.name === name)
  authorize(
    world,
    call,
    action,
    user?.arn ?? `arn:${world.partition}:iam::${call.caller.account}:user/${name}`,
  )
  if (user === undefined) throw noEntity(`The user with name ${name} cannot be found.`)
  return user
}

function ownGroup(
  world: World,
  call: Call,
  name: string | undefined,
  action: string,
): ReadonlyMap<string, PolicyDocument> {
  if (name === undefined || !/^[\w+=,.@-]{1,128}$/.test(name)) throw invalidName('groupName')
  authorize(world, call, action, groupArn(world, call, name))
  const policies = usersOf(world, call)
    .map(({ groups }) => groups.get(name))
    .find((own) => own !== undefined)
  if (policies === undefined) throw noEntity(`The group with name ${name} cannot be found.`)
  return policies
}

function usersOf(world: World, { caller }: Call): readonly FakeUser[] {
  return [...world.users.values()].filter(({ account }) => account === caller.account)
}

function groupArn(world: World, { caller }: Call, name: string): string {
  return `arn:${world.partition}:iam::${caller.account}:group/${name}`
}

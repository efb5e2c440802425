import type {
  DeleteRolePolicyCommandInput,
  GetPolicyCommandInput,
  GetPolicyVersionCommandInput,
  GetRoleCommandInput,
  GetRolePolicyCommandInput,
  ListAttachedRolePoliciesCommandInput,
  ListRolePoliciesCommandInput,
  PutRolePolicyCommandInput,
} from '@aws-sdk/client-iam'
import { authorize, roleNamed } from '../authorize/authorize.js'
import { AwsFault } from '../world/aws-fault.js'
import { Eventually } from '../world/eventually.js'
import type { Call, FakeManagedPolicy, FakeRole, Operations, World } from '../world/world.js'
import { checkRolePolicy } from './check-role-policy.js'
import { IAM_USERS } from './fake-iam-users.js'
import { encodeDocument, iamPage, invalidName, noEntity } from './iam-answers.js'
import { simulatePrincipalPolicy } from './simulate-principal-policy.js'

/** The IAM of the fake: roles and users, their policies, and the policy simulator. It is the same in every region. */
export const IAM: Operations = {
  GetRole: getRole,
  ListRolePolicies: listRolePolicies,
  GetRolePolicy: getRolePolicy,
  PutRolePolicy: putRolePolicy,
  DeleteRolePolicy: deleteRolePolicy,
  ListAttachedRolePolicies: listAttachedRolePolicies,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
  ...IAM_USERS,
}

function getRole(world: World, call: Call, input: GetRoleCommandInput) {
  const role = ownRole(world, call, input.RoleName, 'iam:GetRole')
  const tags = Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value }))
  return {
    Role: {
      Path: role.path,
      RoleName: role.name,
      RoleId: role.id,
      Arn: role.arn,
      CreateDate: role.createdAt,
      AssumeRolePolicyDocument: encodeDocument(JSON.stringify(role.trust)),
      MaxSessionDuration: 3_600,
      ...(role.boundaryArn !== undefined && {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'Policy',
          PermissionsBoundaryArn: role.boundaryArn,
        },
      }),
      ...(tags.length > 0 && { Tags: tags }),
    },
  }
}

function listRolePolicies(world: World, call: Call, input: ListRolePoliciesCommandInput) {
  const role = ownRole(world, call, input.RoleName, 'iam:ListRolePolicies')
  const names = [...role.inline].filter(([, text]) => text.at(call.at) !== undefined).map(([name]) => name)
  const { shown, rest } = iamPage(world, names, input)
  return { PolicyNames: shown, ...rest }
}

function getRolePolicy(world: World, call: Call, input: GetRolePolicyCommandInput) {
  const role = ownRole(world, call, input.RoleName, 'iam:GetRolePolicy')
  const text = role.inline.get(input.PolicyName ?? '')?.at(call.at)
  if (text === undefined) throw noPolicy(input.PolicyName)
  return { RoleName: role.name, PolicyName: input.PolicyName, PolicyDocument: encodeDocument(text) }
}

function putRolePolicy(world: World, call: Call, input: PutRolePolicyCommandInput) {
  const role = ownRole(world, call, input.RoleName, 'iam:PutRolePolicy')
  const [name, text] = [input.PolicyName ?? '', input.PolicyDocument ?? '']
  if (!/^[\w+=,.@-]{1,128}$/.test(name)) throw invalidName('policyName')
  assertChangeable(role)
  checkRolePolicy(role, name, text)
  const stored = role.inline.get(name)
  if (stored === undefined) {
    const created = new Eventually<string | undefined>(undefined)
    created.write(text, call.visibleFrom)
    role.inline.set(name, created)
  } else stored.write(text, call.visibleFrom)
  call.wrote()
  return {}
}

function deleteRolePolicy(world: World, call: Call, input: DeleteRolePolicyCommandInput) {
  const role = ownRole(world, call, input.RoleName, 'iam:DeleteRolePolicy')
  assertChangeable(role)
  const stored = role.inline.get(input.PolicyName ?? '')
  if (stored?.latest === undefined) throw noPolicy(input.PolicyName)
  stored.write(undefined, call.visibleFrom)
  call.wrote()
  return {}
}

function listAttachedRolePolicies(world: World, call: Call, input: ListAttachedRolePoliciesCommandInput) {
  const role = ownRole(world, call, input.RoleName, 'iam:ListAttachedRolePolicies')
  const attached = role.attached.map((PolicyArn) => ({
    PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
    PolicyArn,
  }))
  const { shown, rest } = iamPage(world, attached, input)
  return { AttachedPolicies: shown, ...rest }
}

function getPolicy(world: World, call: Call, input: GetPolicyCommandInput) {
  const policy = managedPolicy(world, call, input.PolicyArn, 'iam:GetPolicy')
  return {
    Policy: { PolicyName: policy.name, Arn: policy.arn, DefaultVersionId: 'v1', IsAttachable: true },
  }
}

function getPolicyVersion(world: World, call: Call, input: GetPolicyVersionCommandInput) {
  const policy = managedPolicy(world, call, input.PolicyArn, 'iam:GetPolicyVersion')
  if (input.VersionId !== 'v1') {
    throw noEntity(`Policy ${policy.arn} version ${input.VersionId} does not exist or is not attachable.`)
  }
  return {
    PolicyVersion: {
      Document: encodeDocument(JSON.stringify(policy.document)),
      VersionId: 'v1',
      IsDefaultVersion: true,
    },
  }
}

function ownRole(world: World, call: Call, name: string | undefined, action: string): FakeRole {
  if (name === undefined || !/^[\w+=,.@-]{1,64}$/.test(name)) throw invalidName('roleName')
  const role = roleNamed(world, call.caller.account, name)
  const arn = role?.arn ?? `arn:${world.partition}:iam::${call.caller.account}:role/${name}`
  authorize(world, call, action, arn)
  if (role === undefined) throw noEntity(`The role with name ${name} cannot be found.`)
  return role
}

function managedPolicy(world: World, call: Call, arn: string | undefined, action: string): FakeManagedPolicy {
  authorize(world, call, action, arn ?? '*')
  const policy = world.policies.get(arn ?? '')
  if (policy === undefined) throw noEntity(`Policy ${arn} was not found.`)
  return policy
}

function assertChangeable(role: FakeRole): void {
  if (!role.path.startsWith('/aws-service-role/')) return
  throw new AwsFault(
    'UnmodifiableEntityException',
    `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
  )
}

function noPolicy(name: string | undefined): AwsFault {
  return noEntity(`The role policy with name ${name} cannot be found.`)
}

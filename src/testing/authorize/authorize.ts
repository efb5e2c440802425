import type { AwsService } from '../../aws/aws.js'
import type { PolicyDocument } from '../../permissions/policy/policy-document.js'
import { accessDenied } from '../world/aws-fault.js'
import type { Caller } from '../world/caller.js'
import { parseDocument } from '../world/policy-document.js'
import { grantsInEffect } from '../world/stored-grant.js'
import { readKeyPolicy } from '../world/stored-policy.js'
import type { Call, FakeKey, FakeRole, FakeUser, World } from '../world/world.js'
import type { RequestContext } from './condition-holds.js'
import { type CallerPolicies, type Judgement, judgeIdentity, judgeKeyRequest } from './judge.js'

/** Condition keys that a request brings beside those of its caller. */
export type ExtraContext = Readonly<Record<string, string | readonly string[]>>

/** Refuses a call whose caller's IAM policies do not allow the action on the resource. */
export function authorize(
  world: World,
  call: Call,
  action: string,
  resource: string,
  extra: ExtraContext = {},
) {
  if (isUnbound(world, call.caller)) return
  const side = callerPolicies(world, call.caller, call.at)
  const context = contextOf(world, call, side, { 'aws:RequestedRegion': call.region, ...extra })
  const judgement = judgeIdentity(side, { action, resource, context })
  if (!judgement.allowed) throw refusal(call.service, call.caller, action, resource, judgement)
}

/** Refuses a call whose caller may not use a key that way. */
export function authorizeKey(
  world: World,
  call: Call,
  key: FakeKey,
  action: string,
  extra: ExtraContext = {},
) {
  if (isUnbound(world, call.caller) && call.caller.account === key.account) return
  const judgement = judgeKey(world, call, key, action, extra)
  if (judgement.allowed) return
  const resource = judgement.because.includes('does not exist in this Region') ? 'this resource' : key.arn
  throw refusal(call.service, call.caller, action, resource, judgement)
}

/** Judges what a caller may do with a key, under the key's policies or under another one. */
export function judgeKey(
  world: World,
  call: Pick<Call, 'caller' | 'at'> & Partial<Pick<Call, 'grantTokens'>>,
  key: FakeKey,
  action: string,
  extra: ExtraContext = {},
  policy?: PolicyDocument,
): Judgement {
  const side = callerPolicies(world, call.caller, call.at)
  const context = contextOf(world, call, side, { ...keyContext(world, key), ...extra })
  const policies = policy === undefined ? keyPolicies(world, key, call.at) : [policy]
  const grants = grantsInEffect(world, key, call.at, call.grantTokens)
  const keySide = { account: key.account, policies, grants, rcps: world.rcps }
  return judgeKeyRequest(side, keySide, { action, resource: key.arn, context })
}

/** The policies of a key, as readers see them at the given moment. */
export function keyPolicies(
  world: World,
  { policy, sharedPolicy }: FakeKey,
  at: Date,
): readonly PolicyDocument[] {
  const shared = sharedPolicy === undefined ? [] : [sharedPolicy]
  return [readKeyPolicy(world, policy.at(at)), ...shared].map(parseDocument)
}

/** The default caller may do everything in its account unless the fake is strict. */
export function isUnbound(world: World, caller: Caller): boolean {
  return caller.kind === 'root' || (!world.strict && caller.arn === world.defaultCaller.arn)
}

/** Gathers the IAM side of a caller. */
export function callerPolicies(world: World, caller: Caller, at: Date): CallerPolicies {
  const scps = caller.kind === 'root' ? [] : world.scps
  if (caller.kind === 'role') {
    const role = roleNamed(world, caller.account, caller.name)
    if (role !== undefined) return { caller, scps, ...rolePolicies(world, role, at) }
  }
  const user = world.users.get(caller.arn)
  const { identity, boundary } =
    user === undefined ? { identity: [], boundary: undefined } : userPolicies(world, user)
  return {
    caller,
    scps,
    principalArn: caller.arn,
    principalId: user?.id ?? caller.account,
    identity: caller.kind === 'root' ? [EVERYTHING] : identity,
    boundary,
  }
}

/** Gathers the policies of a user and of its groups. */
export function userPolicies(world: World, { policies, attached, groups, boundaryArn }: FakeUser) {
  return {
    identity: [
      ...policies.values(),
      ...attached.flatMap((arn) => world.policies.get(arn)?.document ?? []),
      ...[...groups.values()].flatMap((own) => [...own.values()]),
    ],
    boundary: boundaryArn === undefined ? undefined : world.policies.get(boundaryArn)?.document,
  }
}

/** Gathers a role's own policies, as readers see them at the given moment. */
export function rolePolicies(world: World, role: FakeRole, at: Date) {
  const inline = [...role.inline.values()].map((text) => text.at(at)).filter((text) => text !== undefined)
  const attached = role.attached.map((arn) => world.policies.get(arn)?.document)
  const boundary = role.boundaryArn === undefined ? undefined : world.policies.get(role.boundaryArn)?.document
  return {
    principalArn: role.arn,
    principalId: role.id,
    identity: [...inline.map(parseDocument), ...attached.filter((document) => document !== undefined)],
    boundary,
  }
}

/** Finds a role by its name, whatever its path. */
export function roleNamed(world: World, account: string, name: string): FakeRole | undefined {
  return [...world.roles.values()].find((role) => role.account === account && role.name === name)
}

/** The condition keys that AWS fills in about a key. */
export function keyContext(world: World, key: FakeKey): ExtraContext {
  const aliases = [...world.aliases].filter(([, arn]) => arn === key.arn).map(([alias]) => aliasName(alias))
  return {
    'aws:RequestedRegion': key.region,
    'aws:ResourceAccount': key.account,
    'kms:KeySpec': key.spec,
    'kms:KeyUsage': key.usage,
    'kms:KeyOrigin': key.origin,
    'kms:MultiRegion': String(key.multiRegion),
    ...(aliases.length > 0 && { 'kms:ResourceAliases': aliases }),
    ...prefixed('aws:ResourceTag/', key.tags),
  }
}

/** The name in an alias' ARN, `alias/` included. */
export function aliasName(aliasArn: string): string {
  return aliasArn.slice(aliasArn.indexOf(':alias/') + 1)
}

/** The condition keys of a request by a caller. */
export function contextOf(
  world: World,
  call: Pick<Call, 'caller' | 'at'>,
  side: CallerPolicies,
  extra: ExtraContext,
): RequestContext {
  const { caller } = call
  const role = world.roles.get(side.principalArn)
  const user = world.users.get(side.principalArn)
  const all: ExtraContext = {
    'aws:PrincipalArn': side.principalArn,
    'aws:PrincipalAccount': caller.account,
    'kms:CallerAccount': caller.account,
    'aws:PrincipalType': { root: 'Account', user: 'User', role: 'AssumedRole' }[caller.kind],
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    'aws:SecureTransport': 'true',
    'aws:SourceIp': '203.0.113.10',
    'aws:CurrentTime': call.at.toISOString(),
    'aws:userid': caller.kind === 'role' ? `${side.principalId}:${caller.sessionName}` : side.principalId,
    ...(caller.kind === 'user' && { 'aws:username': caller.name }),
    ...prefixed('aws:PrincipalTag/', (role ?? user)?.tags ?? {}),
    ...extra,
  }
  const names = Object.keys(all).map((key) => key.toLowerCase())
  const isTwin = (name: string) => names.indexOf(name) !== names.lastIndexOf(name)
  return new Map(
    Object.entries(all).map(([key, value]) => [
      isTwin(key.toLowerCase()) ? key : key.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  )
}

/** Allows everything. */
export const EVERYTHING: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
}

/** A refusal in AWS's words. */
export function refusal(
  service: AwsService,
  caller: Caller,
  action: string,
  resource: string,
  { because }: Judgement,
) {
  const on = resource === '*' ? '' : ` on ${resource === 'this resource' ? '' : 'resource: '}${resource}`
  return accessDenied(service, `User: ${caller.arn} is not authorized to perform: ${action}${on} ${because}`)
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): ExtraContext {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]))
}

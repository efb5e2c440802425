import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts'
import { callerPolicies, contextOf } from '../authorize/authorize.js'
import { judgeTrust } from '../authorize/judge.js'
import { AwsFault, accessDenied } from '../world/aws-fault.js'
import type { Caller } from '../world/caller.js'
import type { Call, FakeRole, Operations, World } from '../world/world.js'

/** The STS of the fake. The credentials it hands out work in `cloud.with({ credentials })`. */
export const STS: Operations = { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole }

function getCallerIdentity(world: World, call: Call) {
  const { caller } = call
  return { Account: caller.account, Arn: caller.arn, UserId: userId(world, caller, call.at) }
}

function assumeRole(world: World, call: Call, input: AssumeRoleCommandInput) {
  const session = input.RoleSessionName ?? ''
  if (!/^[\w+=,.@-]{2,64}$/.test(session)) {
    throw new AwsFault(
      'ValidationError',
      `1 validation error detected: Value '${session}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    )
  }
  const role = world.roles.get(input.RoleArn ?? '')
  if (role === undefined || !mayAssume(world, call, role, session)) {
    throw accessDenied(
      'sts',
      `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`,
    )
  }
  const arn = `arn:${world.partition}:sts::${role.account}:assumed-role/${role.name}/${session}`
  const accessKeyId = world.ids.unique('ASIA').slice(0, 20)
  world.sessions.set(accessKeyId, arn)
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: 'fake-secret',
      SessionToken: 'fake-token',
      Expiration: new Date(call.at.getTime() + (input.DurationSeconds ?? 3_600) * 1_000),
    },
    AssumedRoleUser: { AssumedRoleId: `${role.id}:${session}`, Arn: arn },
  }
}

function mayAssume(world: World, call: Call, role: FakeRole, session: string): boolean {
  const side = callerPolicies(world, call.caller, call.at)
  const context = contextOf(world, call, side, { 'sts:RoleSessionName': session })
  return judgeTrust(side, role.trust, role.account, { action: 'sts:AssumeRole', resource: role.arn, context })
}

function userId(world: World, caller: Caller, at: Date): string {
  const { principalId } = callerPolicies(world, caller, at)
  return caller.kind === 'role' ? `${principalId}:${caller.sessionName}` : principalId
}

import { parseArn } from '../../names/arn.js'
import type { Caller } from './caller.js'
import type { Call, World } from './world.js'

/**
 * The caller as which SageMaker acts when it works with a role. How it names its sessions is written nowhere, so here
 * each has a name of its own, and a policy that counts on one name fails.
 */
export function sessionOf(world: World, roleArn: string): Caller {
  const account = parseArn(roleArn)?.account ?? world.account
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  const sessionName = `SageMaker-${world.ids.hex(12)}`
  return {
    kind: 'role',
    arn: `arn:${world.partition}:sts::${account}:assumed-role/${name}/${sessionName}`,
    partition: world.partition,
    account,
    name,
    sessionName,
  }
}

/** A call that SageMaker makes as a role, beside those that its users make. */
export function callOfRole(
  world: World,
  roleArn: string,
  { service, operation, region, at }: Pick<Call, 'service' | 'operation' | 'region' | 'at'>,
): Call {
  const caller = sessionOf(world, roleArn)
  return { service, operation, caller, region, at, grantTokens: [], visibleFrom: at, wrote: () => {} }
}

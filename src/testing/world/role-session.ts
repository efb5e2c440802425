import { parseArn } from '../../names/arn.js'
import type { Caller } from './caller.js'
import type { World } from './world.js'

/** The caller as which SageMaker acts when it works with a role. Its real session name is written nowhere. */
export function sessionOf(world: World, roleArn: string): Caller {
  const account = parseArn(roleArn)?.account ?? world.account
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  return {
    kind: 'role',
    arn: `arn:${world.partition}:sts::${account}:assumed-role/${name}/SageMaker`,
    partition: world.partition,
    account,
    name,
    sessionName: 'SageMaker',
  }
}

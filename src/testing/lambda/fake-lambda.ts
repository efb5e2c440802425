import type { GetPolicyCommandInput } from '@aws-sdk/client-lambda'
import { parseArn } from '../../names/arn.js'
import { authorizeResource } from '../authorize/authorize-resource.js'
import { AwsFault } from '../world/aws-fault.js'
import { parseDocument } from '../world/policy-document.js'
import type { Call, Operations, World } from '../world/world.js'

/** The Lambda functions of the fake, as far as their policies go. */
export const LAMBDA: Operations = { GetPolicy: getPolicy }

function getPolicy(world: World, call: Call, { FunctionName: name = '' }: GetPolicyCommandInput) {
  const arn = name.startsWith('arn:')
    ? name
    : `arn:${world.partition}:lambda:${call.region}:${call.caller.account}:function:${name}`
  const found = world.lambdas.get(arn)
  const policy = found?.policy
  authorizeResource(world, call, 'lambda:GetPolicy', {
    arn,
    account: parseArn(arn)?.account ?? '',
    region: call.region,
    policy: policy === undefined ? undefined : parseDocument(policy),
  })
  // Lambda says the same of a function without a policy.
  if (policy === undefined)
    throw new AwsFault('ResourceNotFoundException', 'The resource you requested does not exist.', 404)
  return { Policy: policy, RevisionId: world.ids.uuid() }
}

import type { GetFunctionConfigurationCommandInput, GetPolicyCommandInput } from '@aws-sdk/client-lambda'
import { parseArn } from '../../names/arn.js'
import { authorizeResource } from '../authorize/authorize-resource.js'
import { AwsFault } from '../world/aws-fault.js'
import { parseDocument } from '../world/policy-document.js'
import type { Call, FakeLambda, Operations, World } from '../world/world.js'

/** The Lambda functions of the fake, as far as their policies go. */
export const LAMBDA: Operations = { GetPolicy: getPolicy, GetFunctionConfiguration: getConfiguration }

function getPolicy(world: World, call: Call, { FunctionName: name = '' }: GetPolicyCommandInput) {
  const { policy } = functionNamed(world, call, 'lambda:GetPolicy', name) ?? {}
  // Lambda says the same of a function without a policy.
  if (policy === undefined)
    throw new AwsFault('ResourceNotFoundException', 'The resource you requested does not exist.', 404)
  return { Policy: policy, RevisionId: world.ids.uuid() }
}

function getConfiguration(
  world: World,
  call: Call,
  { FunctionName: name = '' }: GetFunctionConfigurationCommandInput,
) {
  const found = functionNamed(world, call, 'lambda:GetFunctionConfiguration', name)
  if (found === undefined) throw new AwsFault('ResourceNotFoundException', `Function not found: ${name}`, 404)
  return { FunctionArn: found.arn, FunctionName: name.slice(name.lastIndexOf(':') + 1), State: 'Active' }
}

/** Finds a function by its name or ARN, for whoever may do that to it. */
function functionNamed(world: World, call: Call, action: string, name: string): FakeLambda | undefined {
  const arn = name.startsWith('arn:')
    ? name
    : `arn:${world.partition}:lambda:${call.region}:${call.caller.account}:function:${name}`
  const found = world.lambdas.get(arn)
  const policy = found?.policy
  authorizeResource(world, call, action, {
    arn,
    account: parseArn(arn)?.account ?? '',
    region: call.region,
    policy: policy === undefined ? undefined : parseDocument(policy),
  })
  return found
}

import type { AwsService } from '../aws/aws.js'
import { loggable, type WritableCallLog } from './call-log.js'
import type { Faults, StrikingFault } from './faults.js'
import { IAM } from './iam/fake-iam.js'
import { STS } from './iam/fake-sts.js'
import { KMS } from './kms/fake-kms.js'
import { S3 } from './s3/fake-s3.js'
import { SAGEMAKER } from './sagemaker/fake-sagemaker.js'
import { AwsFault, sdkException } from './world/aws-fault.js'
import type { Caller } from './world/caller.js'
import { reorderPrincipals, storePolicy } from './world/stored-policy.js'
import type { Call, Operation, Operations, World } from './world/world.js'

/** From where, and as whom, a command is sent. */
export interface Origin {
  readonly region: string
  readonly caller: Caller
}

/** Carries out one command of the SDK on the world, with the fault that hits it. */
export async function dispatch(
  command: unknown,
  origin: Origin,
  { world, faults, log }: { readonly world: World; readonly faults: Faults; readonly log: WritableCallLog },
  signal: AbortSignal | undefined,
): Promise<object> {
  if (signal?.aborted) throw Object.assign(new Error('Request aborted'), { name: 'AbortError' })
  const { service, operation, carryOut, input } = operationOf(command)
  const requestId = world.ids.uuid()
  const at = world.clock.now()
  const fault = faults.take({ service, operation, caller: origin.caller })
  let wrote = false
  const call: Call = {
    service,
    operation,
    ...origin,
    at,
    visibleFrom: new Date(at.getTime() + (fault?.delay ?? 0)),
    wrote: () => {
      wrote = true
    },
  }
  const ended = log.begin({
    service,
    name: `${service}:${operation}`,
    input: loggable(input),
    caller: origin.caller.arn,
    region: origin.region,
    at,
  })
  try {
    if (fault?.before !== undefined) throw fault.before
    const answer = withFault(world, call, input, fault, () => carryOut(world, call, input as never))
    if (fault?.after !== undefined) throw fault.after
    ended({ wrote })
    return { ...answer, $metadata: { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 } }
  } catch (thrown) {
    ended({ wrote, error: thrown instanceof Error ? thrown.name : String(thrown) })
    throw thrown instanceof AwsFault ? await sdkException(thrown, service, requestId) : thrown
  }
}

const SERVICES: Readonly<Record<AwsService, Operations>> = {
  sagemaker: SAGEMAKER,
  kms: KMS,
  sts: STS,
  iam: IAM,
  s3: S3,
}

interface FoundOperation {
  readonly service: AwsService
  readonly operation: string
  readonly carryOut: Operation
  readonly input: object
}

/** The SDK's commands are told apart by the name of their class, as no two services share one here. */
function operationOf(command: unknown): FoundOperation {
  const name =
    (command as { constructor?: { name?: string } } | undefined)?.constructor?.name ?? typeof command
  const operation = name.replace(/Command$/, '')
  for (const [service, operations] of Object.entries(SERVICES) as [AwsService, Operations][]) {
    const carryOut = Object.hasOwn(operations, operation) ? operations[operation] : undefined
    if (carryOut === undefined || operation === name) continue
    return { service, operation, carryOut, input: (command as { input?: object }).input ?? {} }
  }
  const known = Object.entries(SERVICES).map(([service, all]) => `${service}: ${Object.keys(all).join(', ')}`)
  const error = new Error(`FakeAws does not know ${name}. It knows ${known.join('; ')}.`)
  error.name = 'UnknownOperationException'
  throw error
}

/** Carries the call out and bends what it did or said as the fault has it. */
function withFault(
  world: World,
  call: Call,
  input: object,
  fault: StrikingFault | undefined,
  carryOut: () => object,
): object {
  if (fault?.lostTo !== undefined) return losing(world, call, input, fault.lostTo.policy, carryOut)
  const answer = carryOut()
  if (fault?.reordered !== true) return answer
  const { Policy } = answer as { Policy: string }
  return { ...answer, Policy: reorderPrincipals(Policy, world.partition) }
}

function losing(
  world: World,
  call: Call,
  input: object,
  policy: string | undefined,
  carryOut: () => object,
): object {
  if (call.operation === 'PutKeyPolicy') {
    const { KeyId } = input as { KeyId: string }
    const key = [...world.keys.values()].find((one) => one.arn === KeyId || one.keyId === KeyId)
    const before = key?.policy.latest
    const answer = carryOut()
    if (before !== undefined)
      key?.policy.write(policy === undefined ? before : storePolicy(world, policy), call.at)
    return answer
  }
  const { RoleName, PolicyName } = input as { RoleName: string; PolicyName: string }
  const role = [...world.roles.values()].find((one) => one.name === RoleName)
  const before = role?.inline.get(PolicyName)?.latest
  const answer = carryOut()
  role?.inline.get(PolicyName)?.write(policy ?? before, call.at)
  return answer
}

import type { AwsService } from '../aws/aws.js'
import { loggable, type WritableCallLog } from './call-log.js'
import type { Fault, InjectedCall } from './fault-plan.js'
import { type Faults, type Hooks, type StrikingFault, strikeWith } from './faults.js'
import { SERVICES } from './services.js'
import { AwsFault, bareFault, sdkException } from './world/aws-fault.js'
import type { Caller } from './world/caller.js'
import { reorderPrincipals, storePolicy } from './world/stored-policy.js'
import type { Call, Operation, Operations, World } from './world/world.js'

/** From where, and as whom, a command is sent. */
export interface Origin {
  readonly region: string
  readonly caller: Caller
}

/** What calls work on. */
export interface FakeState {
  readonly world: World
  readonly faults: Faults
  readonly log: WritableCallLog
}

/** Carries out one command of the SDK on the world, with the code around it and the fault that hits it. */
export async function dispatch(
  command: unknown,
  origin: Origin,
  { world, faults, log }: FakeState,
  signal: AbortSignal | undefined,
): Promise<object> {
  if (signal?.aborted) throw Object.assign(new Error('Request aborted'), { name: 'AbortError' })
  const { service, operation, carryOut, input: given } = operationOf(command, faults)
  const input = isStream(given) ? await withWholeBody(given) : given
  const requestId = world.ids.uuid()
  const seen: InjectedCall = {
    service,
    name: `${service}:${operation}`,
    input: loggable(input),
    caller: origin.caller.arn,
    region: origin.region,
    at: world.clock.now(),
  }
  const hooks = faults.takeHooks(seen.name)
  const planned = faults.take({ service, operation, caller: origin.caller })
  const ended = log.begin(seen)
  let wrote = false
  try {
    // Nothing is waited for without need: calls that go out together arrive together.
    const struck = hooks.before.length === 0 ? undefined : await runBefore(hooks, seen)
    const fault =
      struck === undefined ? planned : strikeWith(struck, { service, operation, caller: origin.caller })
    if (fault?.before !== undefined) throw fault.before
    const at = world.clock.now()
    const call: Call = {
      service,
      operation,
      ...origin,
      at,
      grantTokens: (input as { GrantTokens?: readonly string[] }).GrantTokens ?? [],
      visibleFrom: new Date(at.getTime() + (fault?.delay ?? 0)),
      wrote: () => {
        wrote = true
      },
    }
    const answer =
      hooks.instead === undefined
        ? withFault(world, call, input, fault, () => carryOut(world, call, input as never))
        : await hooks.instead(seen)
    for (const run of hooks.after) await run(seen)
    if (fault?.after !== undefined) throw fault.after
    ended({ wrote })
    return { ...answer, $metadata: { httpStatusCode: 200, requestId, attempts: 1, totalRetryDelay: 0 } }
  } catch (thrown) {
    ended({ wrote, error: thrown instanceof Error ? thrown.name : String(thrown) })
    throw thrown instanceof AwsFault
      ? await sdkException(operation.startsWith('Head') ? bareFault(thrown) : thrown, service, requestId)
      : thrown
  }
}

/**
 * Whether the body of a call is a stream, which is read before anything else is done with the call. S3 takes none of unknown
 * length; the SDK knows the length of a file.
 */
function isStream(input: object): input is { readonly Body: AsyncIterable<Uint8Array | string> } {
  const { Body: body, ContentLength: length } = input as {
    readonly Body?: unknown
    readonly ContentLength?: number
  }
  if (typeof body !== 'object' || body === null) return false
  return body instanceof Blob || (Symbol.asyncIterator in body && (length !== undefined || 'path' in body))
}

async function withWholeBody(input: { readonly Body: AsyncIterable<Uint8Array | string> }): Promise<object> {
  const { Body: body } = input
  if (body instanceof Blob) return { ...input, Body: new Uint8Array(await body.arrayBuffer()) }
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(Buffer.from(part))
  return { ...input, Body: new Uint8Array(Buffer.concat(parts)) }
}

/** Runs code before a call, up to the first that gives a fault. */
async function runBefore({ before }: Hooks, call: InjectedCall): Promise<Fault | undefined> {
  for (const run of before) {
    const fault = await run(call)
    if (fault !== undefined) return fault
  }
  return undefined
}

interface FoundOperation {
  readonly service: AwsService
  readonly operation: string
  readonly carryOut: Operation
  readonly input: object
}

/** Two services have a call of this name; the field that only one of them takes tells which is meant. */
const SHARED: Readonly<Record<string, readonly [field: string, service: AwsService]>> = {
  GetPolicy: ['FunctionName', 'lambda'],
}

/** Finds what a command asks for, in the service that has it. */
function operationOf(command: unknown, faults: Faults): FoundOperation {
  const name = nameOf(command)
  const operation = name.replace(/Command$/, '')
  for (const [service, operations] of Object.entries(SERVICES) as [AwsService, Operations][]) {
    const carryOut = Object.hasOwn(operations, operation) ? operations[operation] : undefined
    const input = (command as { input?: object } | undefined)?.input ?? {}
    if (carryOut === undefined || operation === name || isOfAnother(service, operation, input)) continue
    return { service, operation, carryOut, input }
  }
  const answered = operation === name ? undefined : faults.serviceOf(operation)
  if (answered !== undefined) {
    const input = (command as { input?: object }).input ?? {}
    return { service: answered, operation, input, carryOut: () => refuseUnknown(name) }
  }
  return refuseUnknown(name)
}

function refuseUnknown(name: string): never {
  const known = Object.entries(SERVICES).map(([service, all]) => `${service}: ${Object.keys(all).join(', ')}`)
  const error = new Error(
    `FakeAws does not know ${name}. It knows ${known.join('; ')}. To answer another call yourself: inject({ call: 'sagemaker:CreateWorkteam', fault: { instead: () => answer } }).`,
  )
  error.name = 'UnknownOperationException'
  throw error
}

/** A minifier renames the classes of commands; their schemas, which newer SDKs have, still name the operation. */
function nameOf(command: unknown): string {
  const made = command as
    | { readonly schema?: readonly unknown[]; readonly constructor?: { readonly name?: string } }
    | undefined
  const operation = made?.schema?.[2]
  return typeof operation === 'string' ? `${operation}Command` : (made?.constructor?.name ?? typeof command)
}

function isOfAnother(service: AwsService, operation: string, input: object): boolean {
  const [field, owner] = SHARED[operation] ?? []
  return field !== undefined && (service === owner) !== field in input
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

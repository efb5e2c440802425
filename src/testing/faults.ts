import type { PolicyDocument } from '../permissions/policy/policy-document.js'
import { AwsFault, accessDenied } from './world/aws-fault.js'
import { documentText } from './world/policy-document.js'
import type { Call } from './world/world.js'

/** What goes wrong with a call. */
export type Fault =
  /** Refused for calling too often; nothing happened. */
  | 'throttle'
  /** A 500 of the service; nothing happened. */
  | 'server-error'
  /** Refused for lack of permission; nothing happened. */
  | 'access-denied'
  /** The connection broke before the call arrived; nothing happened. */
  | 'crash-before'
  /** The call was carried out, its answer never arrived. */
  | 'timeout-after-write'
  /** The call was carried out, the service answered with a 500. */
  | 'server-error-after-write'
  /** PutKeyPolicy, PutRolePolicy: another writer's policy replaces the new one at once. */
  | 'lost-update'
  /** PutKeyPolicy, PutRolePolicy, DeleteRolePolicy: readers see the change only `delay` ms later. */
  | 'slow-propagation'
  /** GetKeyPolicy: principals in another order and account ids as root ARNs, as KMS may give them back. */
  | 'reordered-policy'
  /** Any other error of AWS; nothing happened. */
  | { readonly name: string; readonly message: string; readonly status?: number }

/** A fault to come. */
export interface FaultPlan {
  /** The call by its IAM action (`kms:PutKeyPolicy`), all of a service (`kms:*`) or any (`*`). */
  readonly call: string
  readonly fault: Fault
  /** How many calls it hits. Default: 1. */
  readonly times?: number
  /** How many matching calls pass unharmed before. Default: 0. */
  readonly after?: number
  /** `slow-propagation`: milliseconds of fake time. Default: 5,000. */
  readonly delay?: number
  /** `lost-update`: the other writer's policy. Default: the policy as it was before the call. */
  readonly policy?: PolicyDocument | string
}

/** A fault that hits a call, told apart by the moment it strikes. */
export interface StrikingFault {
  readonly before?: Error
  readonly after?: Error
  readonly delay: number
  readonly lostTo?: { readonly policy: string | undefined }
  readonly reordered: boolean
}

/** The faults to come, handed out to the calls they hit. */
export class Faults {
  readonly #plans: { readonly plan: FaultPlan; skip: number; left: number }[] = []

  /** Adds a fault; of several that fit a call, the one added first strikes. */
  add(plan: FaultPlan): void {
    assertFits(plan)
    this.#plans.push({ plan, skip: plan.after ?? 0, left: plan.times ?? 1 })
  }

  /** Takes the fault that hits a call, if any. */
  take(call: Pick<Call, 'service' | 'operation' | 'caller'>): StrikingFault | undefined {
    const name = `${call.service}:${call.operation}`
    for (const entry of this.#plans) {
      if (entry.left === 0 || !fits(entry.plan.call, name)) continue
      if (entry.skip > 0) {
        entry.skip -= 1
        continue
      }
      entry.left -= 1
      return strike(entry.plan, call)
    }
    return undefined
  }
}

function strike(plan: FaultPlan, call: Pick<Call, 'service' | 'operation' | 'caller'>): StrikingFault {
  const { fault } = plan
  const none = { delay: 0, reordered: false }
  if (typeof fault === 'object') {
    return { ...none, before: new AwsFault(fault.name, fault.message, fault.status) }
  }
  switch (fault) {
    case 'throttle':
      return { ...none, before: throttled(call) }
    case 'server-error':
      return { ...none, before: serverError(call) }
    case 'access-denied':
      return {
        ...none,
        before: accessDenied(
          call.service,
          `User: ${call.caller.arn} is not authorized to perform: ${call.service}:${call.operation} because no identity-based policy allows the ${call.service}:${call.operation} action`,
        ),
      }
    case 'crash-before':
      return { ...none, before: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) }
    case 'timeout-after-write':
      return { ...none, after: timeout() }
    case 'server-error-after-write':
      return { ...none, after: serverError(call) }
    case 'lost-update':
      return {
        ...none,
        lostTo: { policy: plan.policy === undefined ? undefined : documentText(plan.policy) },
      }
    case 'slow-propagation':
      return { ...none, delay: plan.delay ?? 5_000 }
    case 'reordered-policy':
      return { ...none, reordered: true }
  }
}

const ONLY: Readonly<Record<string, RegExp>> = {
  'lost-update': /^(kms:PutKeyPolicy|iam:PutRolePolicy)$/,
  'slow-propagation': /^(kms:PutKeyPolicy|iam:(Put|Delete)RolePolicy)$/,
  'reordered-policy': /^kms:GetKeyPolicy$/,
}

function assertFits({ call, fault }: FaultPlan): void {
  const only = typeof fault === 'string' ? ONLY[fault] : undefined
  if (only !== undefined && !only.test(call)) {
    throw new TypeError(`The fault '${String(fault)}' does not fit ${call}; it fits ${only.source}`)
  }
}

function fits(pattern: string, name: string): boolean {
  return pattern === '*' || pattern === name || pattern === `${name.split(':')[0]}:*`
}

function throttled({ service }: Pick<Call, 'service'>): AwsFault {
  if (service === 's3') return new AwsFault('SlowDown', 'Please reduce your request rate.', 503)
  const name = service === 'iam' || service === 'sts' ? 'Throttling' : 'ThrottlingException'
  return new AwsFault(name, 'Rate exceeded')
}

function serverError({ service }: Pick<Call, 'service'>): AwsFault {
  if (service === 'kms') {
    return new AwsFault(
      'KMSInternalException',
      'The request was rejected because an internal exception occurred.',
      500,
    )
  }
  const name = {
    iam: 'ServiceFailureException',
    s3: 'InternalError',
    sagemaker: 'InternalFailure',
    sts: 'InternalFailure',
  }
  return new AwsFault(name[service], 'We encountered an internal error. Please try again.', 500)
}

function timeout(): Error {
  const error = new Error('The request timed out after the service had received it.')
  error.name = 'TimeoutError'
  return error
}

import type { AwsService } from '../aws/aws.js'
import { iamActionOf } from '../names/iam-action.js'
import {
  type AfterHook,
  type BeforeHook,
  checkFault,
  checkFaultPlan,
  type Fault,
  type FaultPlan,
  type InsteadHook,
  isHook,
} from './fault-plan.js'
import { AwsFault, accessDenied } from './world/aws-fault.js'
import { documentText } from './world/policy-document.js'
import type { Call } from './world/world.js'

/** A fault that hits a call, told apart by the moment it strikes. */
export interface StrikingFault {
  readonly before?: Error
  readonly after?: Error
  readonly delay: number
  readonly lostTo?: { readonly policy: string | undefined }
  readonly reordered: boolean
}

/** The code that runs around a call, in the order in which it was injected. */
export interface Hooks {
  readonly before: readonly BeforeHook['before'][]
  readonly instead: InsteadHook['instead'] | undefined
  readonly after: readonly AfterHook['after'][]
}

type FaultedCall = Pick<Call, 'service' | 'operation' | 'caller'>

interface Entry {
  readonly plan: FaultPlan
  skip: number
  left: number
}

/** The faults to come, handed out to the calls they hit. */
export class Faults {
  readonly #entries: Entry[] = []

  /** Adds a fault; of several that fit a call, the one added first strikes. */
  add(plan: FaultPlan): void {
    checkFaultPlan(plan)
    this.#entries.push({ plan, skip: plan.after ?? 0, left: plan.times ?? 1 })
  }

  /** The service whose call of this name, which the fake does not know, is answered by a fault. */
  serviceOf(operation: string): AwsService | undefined {
    const entry = this.#entries.find(({ plan }) => plan.call.endsWith(`:${operation}`))
    return entry?.plan.call.split(':')[0] as AwsService | undefined
  }

  /** Takes the code that runs around a call. */
  takeHooks(name: string): Hooks {
    const taken = this.#entries
      .filter(({ plan }) => isHook(plan.fault))
      .filter((entry) => isHit(entry, name))
      .map(({ plan }) => plan.fault as BeforeHook | InsteadHook | AfterHook)
    return {
      before: taken.flatMap((hook) => ('before' in hook ? [hook.before] : [])),
      instead: taken.flatMap((hook) => ('instead' in hook ? [hook.instead] : []))[0],
      after: taken.flatMap((hook) => ('after' in hook ? [hook.after] : [])),
    }
  }

  /** Takes the fault that hits a call, if any. */
  take(call: FaultedCall): StrikingFault | undefined {
    const name = `${call.service}:${call.operation}`
    const entry = this.#entries.find((one) => !isHook(one.plan.fault) && isHit(one, name))
    return entry && strike(entry.plan, call)
  }
}

/**
 * What a fault does to a call, when code gave it.
 *
 * @throws TypeError for one that there is none of
 */
export function strikeWith(fault: Fault, call: FaultedCall): StrikingFault {
  const name = `${call.service}:${call.operation}`
  if (isHook(fault)) throw new TypeError('Code that is injected gives a fault, not more code.')
  checkFault(fault, name)
  return strike({ call: name, fault }, call)
}

/** Whether a plan hits a call; the call is counted. */
function isHit(entry: Entry, name: string): boolean {
  const pattern = entry.plan.call
  const fits = pattern === '*' || pattern === name || pattern === `${name.split(':')[0]}:*`
  if (entry.left === 0 || !fits) return false
  if (entry.skip > 0) {
    entry.skip -= 1
    return false
  }
  entry.left -= 1
  return true
}

function strike(plan: FaultPlan, call: FaultedCall): StrikingFault {
  const { fault } = plan
  const none = { delay: 0, reordered: false }
  if (isHook(fault)) return none
  if (typeof fault === 'object') {
    return { ...none, before: new AwsFault(fault.name, fault.message, fault.status) }
  }
  switch (fault) {
    case 'throttle':
      return { ...none, before: throttled(call) }
    case 'server-error':
      return { ...none, before: serverError(call) }
    case 'access-denied': {
      const action = iamActionOf(`${call.service}:${call.operation}`)
      return {
        ...none,
        before: accessDenied(
          call.service,
          `User: ${call.caller.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
        ),
      }
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
    lambda: 'ServiceException',
    s3: 'InternalError',
    sagemaker: 'InternalFailure',
    sns: 'InternalErrorException',
    sts: 'InternalFailure',
  }
  return new AwsFault(name[service], 'We encountered an internal error. Please try again.', 500)
}

function timeout(): Error {
  const error = new Error('The request timed out after the service had received it.')
  error.name = 'TimeoutError'
  return error
}

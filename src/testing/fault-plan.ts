import type { PolicyDocument } from '../permissions/policy/policy-document.js'
import type { LoggedCall } from './call-log.js'
import { nearestOf, refuseUnknownFields, refuseUnknownValue } from './refuse-setup.js'
import { CALL_NAMES } from './services.js'

/** What goes wrong with a call, or what is done at it. */
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
  /** PutKeyPolicy, PutRolePolicy, DeleteRolePolicy, CreateGrant: readers see the change only `delay` ms later. */
  | 'slow-propagation'
  /** GetKeyPolicy: principals in another order and account ids as root ARNs, as KMS may give them back. */
  | 'reordered-policy'
  | ErrorFault
  | BeforeHook
  | InsteadHook
  | AfterHook

/** Any other error of AWS; nothing happened. */
export interface ErrorFault {
  readonly name: string
  readonly message: string
  readonly status?: number
}

/** A call as code of yours sees it. Contents of objects and plaintexts are left out. */
export type InjectedCall = Omit<LoggedCall, 'wrote' | 'error'>

/** Code of yours that runs before a call is carried out. */
export interface BeforeHook {
  /**
   * May change the fake first, or give a fault that strikes the call. What it throws is what the caller gets, and
   * nothing happened.
   */
  readonly before: (call: InjectedCall) => Fault | undefined | Promise<Fault | undefined>
}

/** Code of yours that answers a call in place of the fake, which does nothing. */
export interface InsteadHook {
  /** Gives what AWS would answer, or throws. */
  readonly instead: (call: InjectedCall) => object | Promise<object>
}

/** Code of yours that runs once a call has been carried out, unless that ended in an error. */
export interface AfterHook {
  /** May change the fake. What it throws is what the caller gets, though the call had its effect. */
  readonly after: (call: InjectedCall) => void | Promise<void>
}

/**
 * A fault to come. Of several that fit a call, the one injected first strikes; code of yours runs before that, and
 * leaves the others their turn.
 */
export interface FaultPlan {
  /**
   * The call by its IAM action (`kms:PutKeyPolicy`), all of a service (`kms:*`) or any (`*`). A call that the fake does not
   * know (`sagemaker:CreateWorkteam`) can be answered by code of yours (`instead`), or end in an error of your own.
   */
  readonly call: string
  readonly fault: Fault
  /** How many calls it hits; `Infinity` for all. Default: 1. */
  readonly times?: number
  /** How many matching calls pass unharmed before. Default: 0. */
  readonly after?: number
  /** `slow-propagation`: milliseconds of fake time. Default: 5,000. */
  readonly delay?: number
  /** `lost-update`: the other writer's policy. Default: the policy as it was before the call. */
  readonly policy?: PolicyDocument | string
}

const NAMED_FAULTS = [
  'throttle',
  'server-error',
  'access-denied',
  'crash-before',
  'timeout-after-write',
  'server-error-after-write',
  'lost-update',
  'slow-propagation',
  'reordered-policy',
]

/** The calls that a fault is about, where it is not about all. */
const CALLS_OF_FAULT: Readonly<Record<string, readonly string[]>> = {
  'lost-update': ['kms:PutKeyPolicy', 'iam:PutRolePolicy'],
  'slow-propagation': ['kms:PutKeyPolicy', 'kms:CreateGrant', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy'],
  'reordered-policy': ['kms:GetKeyPolicy'],
}

/**
 * Refuses a plan that would never strike, or not as it says.
 *
 * @throws TypeError
 */
export function checkFaultPlan(plan: FaultPlan): void {
  refuseUnknownFields('inject()', plan, ['call', 'fault', 'times', 'after', 'delay', 'policy'])
  const { call, fault } = plan
  if (!isAnswered(fault) || !isOther(call))
    refuseUnknownValue('call', call, [...CALL_NAMES, ...groups(), '*'])
  checkFault(fault, call)
  checkCount('times', plan.times)
  checkCount('after', plan.after)
  if (plan.delay !== undefined && !(plan.delay >= 0)) {
    throw new TypeError(`delay is a number of milliseconds, not ${String(plan.delay)}.`)
  }
  refuseIdle(plan, 'delay', 'slow-propagation')
  refuseIdle(plan, 'policy', 'lost-update')
}

/**
 * Refuses a fault that there is none of, or that does not fit a call.
 *
 * @throws TypeError
 */
export function checkFault(fault: Fault, call: string): void {
  if (typeof fault === 'object' && fault !== null) {
    if (isHook(fault)) checkHook(fault)
    else checkErrorFault(fault)
    return
  }
  refuseUnknownValue('fault', fault, NAMED_FAULTS)
  const calls = CALLS_OF_FAULT[fault]
  if (calls !== undefined && !calls.includes(call)) {
    throw new TypeError(`The fault '${fault}' does not fit ${call}: it fits ${calls.join(', ')}.`)
  }
}

/** Whether a fault says all that comes of a call, so that the fake need not know the call. */
function isAnswered(fault: Fault): boolean {
  return typeof fault === 'object' && fault !== null && ('instead' in fault || 'name' in fault)
}

/** Whether it is a call of AWS that the fake does not know, and not one that is mistyped. */
function isOther(call: unknown): call is string {
  if (typeof call !== 'string' || CALL_NAMES.includes(call)) return false
  const [service, operation = ''] = call.split(':')
  const isService = groups().includes(`${service}:*`)
  return isService && /^[A-Z][A-Za-z0-9]+$/.test(operation) && nearestOf(call, CALL_NAMES) === undefined
}

function checkErrorFault(fault: Partial<ErrorFault>): void {
  refuseUnknownFields('A fault of its own', fault, ['name', 'message', 'status'])
  if (typeof fault.name === 'string' && fault.name !== '' && typeof fault.message === 'string') return
  throw new TypeError("A fault of its own needs a name and a message, as { name: 'X', message: 'Why' }.")
}

/** Whether a fault is code that runs around a call. */
export function isHook(fault: Fault): fault is BeforeHook | InsteadHook | AfterHook {
  return typeof fault === 'object' && HOOKS.some((hook) => hook in fault)
}

const HOOKS = ['before', 'instead', 'after']

function checkHook(hook: object): void {
  const [field, another] = Object.keys(hook) as [string, string?]
  refuseUnknownValue('moment for code of yours', field, HOOKS)
  if (another !== undefined) throw new TypeError(`Inject ${field} and ${another} by themselves.`)
  if (typeof (hook as Record<string, unknown>)[field] !== 'function') {
    throw new TypeError(`${field} is a function that is given the call.`)
  }
}

function groups(): string[] {
  return [...new Set(CALL_NAMES.map((name) => `${name.split(':')[0]}:*`))]
}

function checkCount(field: string, count: number | undefined): void {
  const isCount = count === undefined || count === Number.POSITIVE_INFINITY || Number.isInteger(count)
  if (!isCount || (count ?? 0) < 0)
    throw new TypeError(`${field} counts calls: ${String(count)} is no count.`)
}

function refuseIdle(plan: FaultPlan, field: 'delay' | 'policy', fault: string): void {
  if (plan[field] === undefined || plan.fault === fault) return
  throw new TypeError(`${field} is for the fault '${fault}' alone.`)
}

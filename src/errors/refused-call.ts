import { formatValue, isPromise } from './format-value.js'
import { LabelingJobError } from './labeling-job-error.js'

/** What a call was given, and what it takes; which of them is there depends on the code. */
export interface RefusedCallData {
  readonly call?: string
  readonly received?: string
  readonly expected?: string
  readonly missing?: readonly string[]
}

/** Makes the error for a call that the types refuse, made by a program without a type checker. */
export function refusedCall(call: string, why: string): LabelingJobError<'refused-call', RefusedCallData> {
  return new LabelingJobError({
    code: 'refused-call',
    what: `Cannot call ${call}()`,
    why,
    fix: '',
    data: { call },
  })
}

/** Makes the error for a value that is not what a call takes; of a promise, that its `await` was forgotten. */
export function givenNo(
  call: string,
  expected: string,
  value: unknown,
): LabelingJobError<'refused-call', RefusedCallData> {
  const received = isPromise(value) ? `${formatValue(value)}, and ` : ''
  return refusedCall(call, `it was given ${received}no ${expected}`)
}

/**
 * Refuses what is no connection, for callers without a type checker.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseNoConnection(call: string, aws: unknown): void {
  const { region, call: send } = (aws ?? {}) as { readonly region?: unknown; readonly call?: unknown }
  if (typeof region === 'function' && typeof send === 'function') return
  refusePromise(call, 'the connection', aws)
  if (aws !== undefined && aws !== null && !isClient(aws))
    throw refusedCall(
      call,
      `${formatValue(aws)} stands where the connection belongs: give the value of connect() there`,
    )
  throw refusedCall(
    call,
    isClient(aws)
      ? 'this is an SDK client, no connection: give the value of connect(), which takes it as connect({ clients })'
      : 'there is no connection to AWS: give the value of connect()',
  )
}

/** Tells whether a value sends commands, as a client of the SDK does. */
export function isClient<Client extends { readonly send: unknown }>(value: unknown): value is Client {
  return typeof (value as { readonly send?: unknown } | undefined | null)?.send === 'function'
}

/**
 * Refuses a promise where its value belongs: the await was forgotten.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refusePromise(call: string, what: string, value: unknown): void {
  if (isPromise(value)) throw refusedCall(call, `${what} is a promise: await it`)
}

/**
 * Refuses what is no signal: it would end in an error of JavaScript when the wait begins.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseNoSignal(call: string, signal: unknown): void {
  if (signal === undefined || signal instanceof AbortSignal) return
  throw refusedCall(call, `its option signal is ${formatValue(signal)}: give an AbortSignal`)
}

import { LabelingJobError } from '../errors/labeling-job-error.js'

/** What was being waited for when the wait ended. */
export interface WaitErrorData {
  /** Names of labeling jobs; they run on. Empty when no job was waited for. */
  readonly waitingFor: readonly string[]
}

/** Makes the error for a call whose signal was aborted. */
export function aborted(
  signal: AbortSignal,
  words: { readonly what: string; readonly why?: string; readonly fix?: string },
  waitingFor: readonly string[] = [],
): LabelingJobError<'aborted', WaitErrorData> {
  const { what, why = 'its signal was aborted', fix = '' } = words
  return new LabelingJobError({
    code: 'aborted',
    what,
    why,
    fix,
    data: { waitingFor },
    cause: signal.reason,
  })
}

/**
 * Throws when a signal is aborted already.
 *
 * @throws LabelingJobError `aborted`
 */
export function throwIfAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted) throw aborted(signal, { what })
}

// One listener a signal: two hundred waits on one signal would otherwise make Node warn of a leak.
const LISTENERS = new WeakMap<AbortSignal, Set<() => void>>()

/** Calls back once when a signal is aborted; gives what takes that back. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let callbacks = LISTENERS.get(signal)
  if (callbacks === undefined) {
    const all = new Set<() => void>()
    callbacks = all
    LISTENERS.set(signal, all)
    signal.addEventListener('abort', () => [...all].forEach((each) => void each()), { once: true })
  }
  callbacks.add(callback)
  return () => callbacks.delete(callback)
}

/** Waits for an answer, but no longer than until the signal is aborted: not every client heeds it. */
export async function untilAborted<Answer>(
  answer: Promise<Answer>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  if (signal === undefined) return answer
  let stop = () => {}
  const abortion = new Promise<never>((_, reject) => {
    const unregister = onAbort(signal, () => reject(signal.reason))
    stop = () => void unregister()
    if (signal.aborted) reject(signal.reason)
  })
  try {
    return await Promise.race([answer, abortion])
  } finally {
    stop()
  }
}

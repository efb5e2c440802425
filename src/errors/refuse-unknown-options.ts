import { LabelingJobError } from './labeling-job-error.js'

/** The options a call may be given that it does not have. */
interface UnknownOptionData {
  readonly call: string
  readonly unknown: readonly string[]
  readonly known: readonly string[]
}

/**
 * Refuses options that a call does not have, for callers without a type checker: a mistyped one would be passed over
 * in silence.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseUnknownOptions(
  { call, what }: { readonly call: string; readonly what: string },
  options: unknown,
  known: readonly string[],
): void {
  const isObject = typeof options === 'object' && options !== null && !Array.isArray(options)
  const unknown = isObject ? Object.keys(options).filter((option) => !known.includes(option)) : []
  if (isObject && unknown.length === 0) return
  throw new LabelingJobError<UnknownOptionData>({
    code: 'refused-call',
    what,
    why: isObject
      ? `it has no option ${unknown.map((option) => `"${option}"`).join(', ')}`
      : 'it was given no object with options',
    fix: `Use the options it has: ${known.join(', ')}`,
    data: { call, unknown, known },
  })
}

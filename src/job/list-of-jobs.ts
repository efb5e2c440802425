import { formatValue, isPromise } from '../errors/format-value.js'
import type { LabelingJobError } from '../errors/labeling-job-error.js'
import { type RefusedCallData, refusedCall } from '../errors/refused-call.js'
import { isMany } from '../manifests/read/is-many.js'

/**
 * Refuses what is no list of jobs; a text is none, although it can be looped over.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseNoList(call: string, jobs: unknown): void {
  if (!isMany(jobs))
    throw refusedCall(call, `${formatValue(jobs)} is no list of jobs: give something to loop over`)
}

/** Says of a thing in a list that it is no job, with its place; `undefined` for a job. */
export function givenNoJob(
  call: string,
  thing: unknown,
  place: number,
): LabelingJobError<'refused-call', RefusedCallData> | undefined {
  const { request, sameAs, resolve } = Object(thing) as Readonly<Record<string, unknown>>
  if (typeof resolve === 'function' || (request !== undefined && typeof sameAs === 'function'))
    return undefined
  const fix = isPromise(thing) ? 'await it' : 'give what labelingJob() or jobFromConfig() makes'
  return refusedCall(
    call,
    `number ${place + 1} in the list is ${formatValue(thing)}, no labeling job: ${fix}`,
  )
}

/** The name of a job that was given; empty for what has none. */
export function nameOfJob(job: unknown): string {
  const { name } = Object(job) as { readonly name?: unknown }
  return typeof name === 'string' ? name : ''
}

import type { LabelingJobDescription } from './aws/calls.js'
import { type JobEngine, makeJob } from './job/job-builder.js'
import type { LabelingJob, OpenLabelingJob } from './job/labeling-job.js'
import { draftOfDescription, draftOfRequest } from './job/request/read-request.js'
import type { Part } from './job/state.js'

// Loaded when a job is first sent: building and checking jobs needs none of it.
const ENGINE: JobEngine = {
  resolve: async (draft, aws, options) =>
    (await import('./running/resolve-job.js')).resolveJob(draft, aws, options),
  create: async (draft, aws, options) => {
    const { signal } = options
    return (await ENGINE.resolve(draft, aws, signal ? { signal } : {})).create(options)
  },
}

/**
 * Starts a labeling job. Every call on it gives a new job; `.create(aws)` sends it.
 *
 * @param name The job's name, when it is known already; otherwise call `.named()` later.
 * @example
 * const job = labelingJob('street-signs').role('arn:aws:iam::111122223333:role/service-role/GtExec')
 */
export function labelingJob(): LabelingJob<'undecided', never, Part>
export function labelingJob(name: string): LabelingJob<'undecided', never, Exclude<Part, 'name'>>
export function labelingJob(name?: string): unknown {
  return makeJob(name === undefined ? {} : { name }, ENGINE)
}

/**
 * Reads the body of a CreateLabelingJob call back into a job: to check it, to change it, to send it again. Every
 * call is open, and `.problems()` runs the rules; `.toRequest()` of an unchanged job gives the body again, without
 * empty texts and blocks.
 *
 * @throws LabelingJobError `invalid-job` when it is no object.
 */
export function fromRequest(request: object): OpenLabelingJob {
  return makeJob(draftOfRequest(request), ENGINE) as unknown as OpenLabelingJob
}

/**
 * Reads a DescribeLabelingJob answer back into a job: to run it again under another name, or to chain it. What AWS
 * filled in by itself is left out.
 *
 * @throws LabelingJobError `invalid-job` when it is no object.
 */
export function fromDescribe(description: LabelingJobDescription): OpenLabelingJob {
  return makeJob(draftOfDescription(description), ENGINE) as unknown as OpenLabelingJob
}

import type { LabelingJobDescription } from './aws/sagemaker-calls.js'
import { draftOfConfig } from './job/config/read-config.js'
import { type JobEngine, makeJob } from './job/job-builder.js'
import type { CompleteJob, LabelingJob, OpenLabelingJob } from './job/labeling-job.js'
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
 * Starts a labeling job. Every call on it gives a new job; `.create(aws)` sends it. A name that is not known yet comes
 * later, with `.named()`.
 *
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
 *
 * @example
 * const old = fromRequest(JSON.parse(process.env['REQUEST'] ?? '{}'))
 * for (const problem of old.problems('us-east-1')) console.error(describeProblem(problem))
 * await old.named('street-signs-2').create(aws)
 */
export function fromRequest(request: object): OpenLabelingJob {
  return makeJob(draftOfRequest(request), ENGINE) as unknown as OpenLabelingJob
}

/**
 * Reads a DescribeLabelingJob answer back into a job: to run it again under another name, or to chain it. What AWS
 * filled in by itself is left out.
 *
 * @throws LabelingJobError `invalid-job` when it is no object.
 *
 * @example
 * const running = await attachJob('street-signs', aws)
 * const again = fromDescribe(await running.describe()).named('street-signs-2')
 * console.log(again.toRequest({ region: 'us-east-1' }))
 */
export function fromDescribe(description: LabelingJobDescription): OpenLabelingJob {
  return makeJob(draftOfDescription(description), ENGINE) as unknown as OpenLabelingJob
}

/**
 * Makes a job of a configuration in plain texts: of JSON, YAML or environment variables. Its form is that of the JSON
 * schema `labeling-job/config.schema.json`.
 *
 * @throws LabelingJobError `config-invalid` with every problem and its path in the configuration, whether it is of the form
 * or a broken rule of CreateLabelingJob.
 *
 * @example
 * const job = jobFromConfig({
 *   name: 'street-signs',
 *   task: {
 *     name: 'bounding-box',
 *     title: 'Box every street sign',
 *     description: 'Draw one tight box around each sign',
 *     template: 's3://acme-gt/ui/box.liquid.html',
 *     labels: 's3://acme-gt/ui/labels.json',
 *   },
 *   input: 's3://acme-gt/in/dataset.manifest',
 *   output: { folder: 's3://acme-gt/out/', key: 'alias/gt-output' },
 *   role: 'arn:aws:iam::111122223333:role/service-role/GtExec',
 *   workers: { team: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision', perObject: 3 },
 *   autoLabeling: 'alias/gt-volume',
 * })
 */
export function jobFromConfig(config: unknown): CompleteJob {
  return makeJob(draftOfConfig(config), ENGINE) as unknown as CompleteJob
}

import type { JobLike, WholeJob } from '../job/job-like.js'
import { deepFreeze } from '../json/deep-freeze.js'
import { refuseOddOptions } from './refuse-options.js'
import { type State, TASK_STATE_OPTIONS, type TaskStateOptions } from './state.js'
import { taskState } from './task-state.js'

/**
 * Makes the state that creates a labeling job and waits until it ends (`createLabelingJob.sync`), for a Standard
 * workflow. It says its query language itself, waits 31 days, and tries again for about a day while a quota is exhausted
 * and for a minute or two while SageMaker throttles; the latter only where `name` is the same at each try, as otherwise a
 * try whose answer was lost might leave a second job.
 *
 * What it gives is inferred from AWS's sample: DescribeLabelingJob's answer, as `outcomeChoice()` reads it.
 * The role of the machine needs `stateMachinePolicy()`.
 *
 * @throws LabelingJobError `invalid-job` with every rule that the body breaks, `region-not-supported`.
 * @throws LabelingJobError `refused-call` for a key named by an alias (give the value of `job.resolve(aws)`), an
 * expression of the other language or one that cannot be read, or an option that does not exist.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 *
 * @example
 * const label = labelingTask(await job.resolve(aws), {
 *   region: 'us-east-1',
 *   name: "{% 'signs-' & $states.input.date %}",
 *   next: 'Outcome',
 *   onFailure: 'Outcome',
 * })
 */
export function labelingTask<Job>(job: JobLike | WholeJob<Job>, options: TaskStateOptions): State {
  refuseOddOptions('labelingTask', options, TASK_STATE_OPTIONS)
  return deepFreeze(taskState('labelingTask', job as JobLike, options))
}

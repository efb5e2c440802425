import type { LabelingJobDescription } from '../../aws/sagemaker-calls.js'

/** Says what of a job no call can prove; pure. */
export function whatIsNotProven(
  { InputConfig, LabelingJobAlgorithmsConfig }: LabelingJobDescription,
  { region, versions }: { readonly region: string; readonly versions: boolean },
): readonly string[] {
  const { DataSource } = (InputConfig ?? {}) as { readonly DataSource?: { readonly SnsDataSource?: object } }
  return [
    `answers that workers have begun: SageMaker keeps them in buckets of AWS (sm-bxcb-${region}-saved-task-states, sagemaker-labeling-data-${region})`,
    'the log of the job: encrypt the log group /aws/sagemaker/LabelingJobs itself',
    ...(DataSource?.SnsDataSource === undefined
      ? []
      : ['objects on their way: SageMaker keeps the queue of a streaming job']),
    ...(LabelingJobAlgorithmsConfig === undefined
      ? []
      : [
          'the storage volumes of automated labeling themselves: shown is the key that SageMaker was asked for, without which it does not start a machine',
          'transform jobs of automated labeling that were deleted: while another is there, one that is gone leaves no trace',
        ]),
    ...(versions ? [] : ['noncurrent versions of objects: give { versions: true } to look at them']),
    'copies elsewhere: replicas, backups, and what readers of the output have written',
  ]
}

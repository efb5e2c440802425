import type { CompleteJob } from './labeling-job.js'
import type { StillMissing } from './refusals.js'
import type { CreateLabelingJobRequest } from './request/request.js'
import type { ResolvedJob } from './resolved-job.js'

/** Whatever says what CreateLabelingJob is told. */
export type JobLike = CompleteJob | ResolvedJob | CreateLabelingJobRequest

/** Many jobs, in a list or as they come; of one that lacks parts, the compile error names these. */
export type WholeJobs<Job> =
  | readonly (Job & (CompleteJob | WholeJob<Job>))[]
  | Iterable<Job & (CompleteJob | WholeJob<Job>)>
  | AsyncIterable<Job & (CompleteJob | WholeJob<Job>)>

/** Stands beside the jobs that a function takes: of one that lacks parts, the compile error names these. */
export type WholeJob<Job> = Job extends { readonly create: StillMissing<infer Parts> }
  ? StillMissing<Parts>
  : Job extends CompleteJob | ResolvedJob
    ? Job
    : never

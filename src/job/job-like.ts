import type { CompleteJob } from './labeling-job.js'
import type { CreateLabelingJobRequest } from './request/request.js'
import type { ResolvedJob } from './resolved-job.js'

/** Whatever says what CreateLabelingJob is told. */
export type JobLike = CompleteJob | ResolvedJob | CreateLabelingJobRequest

import type { JobLike } from '../job/job-like.js'
import type { CreateLabelingJobRequest } from '../job/request/request.js'
import { partitionOf } from '../names/arn.js'
import { isExpression, quoteJsonata, refuseOddExpression } from './expression.js'
import { jobBody } from './job-body.js'
import type { QueryLanguage, State, TaskStateOptions } from './state.js'

/** A day more than AWS lets a job run (SageMaker developer guide, "Labeling job fails after 30 days"). */
const TIMEOUT_SECONDS = 31 * 86_400

/** Makes the state of one job, for a call whose options have been looked at. */
export function taskState(call: string, job: JobLike, options: TaskStateOptions): State {
  const { region, name, manifest, queryLanguage = 'JSONata' } = options
  for (const [option, value] of Object.entries({ name, manifest }))
    if (value !== undefined) refuseOddExpression(call, option, value, queryLanguage)
  const body = jobBody(call, job, region, { name, manifest })
  return {
    Type: 'Task',
    ...languageOf(queryLanguage),
    Resource: `arn:${partitionOf(region)}:states:::sagemaker:createLabelingJob.sync`,
    ...(queryLanguage === 'JSONata' ? { Arguments: jsonataBody(body) } : { Parameters: jsonPathBody(body) }),
    TimeoutSeconds: TIMEOUT_SECONDS,
    Retry: [
      {
        ErrorEquals: ['SageMaker.ResourceLimitExceededException'],
        IntervalSeconds: 60,
        BackoffRate: 2,
        MaxDelaySeconds: 3_600,
        MaxAttempts: 30,
        JitterStrategy: 'FULL',
      },
    ],
    ...wayOn(options),
  }
}

/** Says JSONata in the state; JSONPath is what a machine has that says nothing. */
export function languageOf(queryLanguage: QueryLanguage): object {
  return queryLanguage === 'JSONata' ? { QueryLanguage: 'JSONata' } : {}
}

/** Where a state goes on, and where when it fails. */
export function wayOn({ next, onFailure }: Pick<TaskStateOptions, 'next' | 'onFailure'>): object {
  return {
    ...(onFailure !== undefined && { Catch: [{ ErrorEquals: ['States.ALL'], Next: onFailure }] }),
    ...(next === undefined ? { End: true } : { Next: next }),
  }
}

/** All texts stand for themselves, but for the two that may be expressions. */
function jsonataBody(body: CreateLabelingJobRequest): object {
  const quoted = quoteJsonata(body) as CreateLabelingJobRequest
  const manifest = manifestOf(body)
  return {
    ...quoted,
    ...(isExpression(body.LabelingJobName) && { LabelingJobName: body.LabelingJobName }),
    ...(isExpression(manifest) && {
      InputConfig: { ...quoted.InputConfig, DataSource: { S3DataSource: { ManifestS3Uri: manifest } } },
    }),
  }
}

/** A field whose value is an expression has a name that ends in `.$`. */
function jsonPathBody({ LabelingJobName: name, InputConfig, ...rest }: CreateLabelingJobRequest): object {
  const manifest = manifestOf({ InputConfig })
  return {
    [isExpression(name) ? 'LabelingJobName.$' : 'LabelingJobName']: name,
    ...rest,
    InputConfig: isExpression(manifest)
      ? { ...InputConfig, DataSource: { S3DataSource: { 'ManifestS3Uri.$': manifest } } }
      : InputConfig,
  }
}

function manifestOf({ InputConfig }: Pick<CreateLabelingJobRequest, 'InputConfig'>): string {
  return InputConfig.DataSource.S3DataSource?.ManifestS3Uri ?? ''
}

import type { JobLike } from '../job/job-like.js'
import type { CreateLabelingJobRequest } from '../job/request/request.js'
import { partitionOf } from '../names/arn.js'
import { isExpression, quoteJsonata, refuseOddExpression } from './expression.js'
import { jobBody } from './job-body.js'
import type { QueryLanguage, State, TaskStateOptions } from './state.js'

/** A day more than AWS lets a job run (SageMaker developer guide, "Labeling job fails after 30 days"). */
const TIMEOUT_SECONDS = 31 * 86_400

/** Full jitter halves the pauses: 27.5 hours in the mean, and 22 to 33 for 99 machines in 100. */
const WHILE_FULL = {
  ErrorEquals: ['SageMaker.ResourceLimitExceededException'],
  IntervalSeconds: 60,
  BackoffRate: 2,
  MaxDelaySeconds: 3_600,
  MaxAttempts: 60,
  JitterStrategy: 'FULL',
}

/** Step Functions has no name for throttling alone: under this one come invalid bodies as well, so only a few tries. */
const WHILE_THROTTLED = {
  ErrorEquals: ['SageMaker.AmazonSageMakerException', 'ThrottlingException'],
  IntervalSeconds: 5,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  MaxAttempts: 6,
  JitterStrategy: 'FULL',
}

/**
 * Whether an expression may give another name at each try. A try that SageMaker never answered may have created its job,
 * and only the name keeps the next one from creating a second.
 */
function isAnotherEachTime(name: string): boolean {
  return (
    isExpression(name) &&
    /\$(?:uuid|random|now|millis|shuffle)\b|States\.(?:UUID|MathRandom)\b|\bRetryCount\b/.test(name)
  )
}

/** Makes the state of one job, for a call whose options have been looked at. */
export function taskState(call: string, job: JobLike, options: TaskStateOptions): State {
  const { region, name, manifest, queryLanguage = 'JSONata' } = options
  for (const [option, value] of Object.entries({ name, manifest }))
    if (value !== undefined) refuseOddExpression(call, option, value, queryLanguage)
  const body = jobBody(call, job, region, { name, manifest })
  return {
    Type: 'Task',
    ...languageField(queryLanguage),
    Resource: `arn:${partitionOf(region)}:states:::sagemaker:createLabelingJob.sync`,
    ...(queryLanguage === 'JSONata' ? { Arguments: jsonataBody(body) } : { Parameters: jsonPathBody(body) }),
    TimeoutSeconds: TIMEOUT_SECONDS,
    Retry: isAnotherEachTime(body.LabelingJobName) ? [WHILE_FULL] : [WHILE_FULL, WHILE_THROTTLED],
    ...wayOn(options),
  }
}

/** Says JSONata in the state; JSONPath is what a machine has that says nothing. */
export function languageField(queryLanguage: QueryLanguage): object {
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

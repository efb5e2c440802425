import { formatValue, isPromise } from '../errors/format-value.js'
import { refusedCall } from '../errors/refused-call.js'
import { invalidJob } from '../job/find-draft-problems.js'
import type { JobLike } from '../job/job-like.js'
import type { CreateLabelingJobRequest, RequestDraft } from '../job/request/request.js'
import { findProblems } from '../job/rules/find-problems.js'
import { copyOf } from '../json/json.js'
import { keyForm } from '../names/kms-key.js'
import { isExpression } from './expression.js'

/** What a state says otherwise than its job. */
export interface BodyChange {
  readonly name: string | undefined
  readonly manifest: string | undefined
}

/**
 * Gives the body of CreateLabelingJob for a state, with what the state says otherwise. Expressions stand in it as they
 * are given; every rule is checked with a name and an address in their place.
 *
 * @throws LabelingJobError `invalid-job` with every rule that is broken, `refused-call` for what is no job or a key
 * named by an alias, `region-not-supported`.
 */
export function jobBody(
  call: string,
  job: JobLike,
  region: string,
  { name, manifest }: BodyChange,
): CreateLabelingJobRequest {
  const request = copyOf(requestOf(call, job, region)) as unknown as CreateLabelingJobRequest
  refuseAliases(call, request)
  const source = request.InputConfig?.DataSource
  if (manifest !== undefined && source?.SnsDataSource !== undefined)
    throw refusedCall(
      call,
      call === 'labelingMap'
        ? 'the job listens to a stream, and a Map runs one job for each manifest of a list: give a job with .input(), or use labelingTask()'
        : 'the job listens to a stream, and a manifest beside it would be read first: leave manifest out',
    )
  const bodyWith = (nameNow: string | undefined, manifestNow: string | undefined) => ({
    ...request,
    ...(nameNow !== undefined && { LabelingJobName: nameNow }),
    ...(manifestNow !== undefined && {
      InputConfig: {
        ...request.InputConfig,
        DataSource: { ...source, S3DataSource: { ManifestS3Uri: manifestNow } },
      },
    }),
  })
  const checked = bodyWith(inPlaceOf(name, 'a-name'), inPlaceOf(manifest, 's3://bucket/in.manifest'))
  const problems = findProblems(checked as unknown as RequestDraft, region)
  if (problems.some(({ severity }) => severity === 'error')) throw invalidJob('make a state of', problems)
  return bodyWith(name, manifest)
}

/** An alias may lead to another key by the time that the state runs, and no policy can name it. */
function refuseAliases(
  call: string,
  { OutputConfig, LabelingJobAlgorithmsConfig }: CreateLabelingJobRequest,
): void {
  const keys = [
    OutputConfig?.KmsKeyId,
    LabelingJobAlgorithmsConfig?.LabelingJobResourceConfig?.VolumeKmsKeyId,
  ]
  const alias = keys.find((key) => keyForm(key)?.startsWith('alias'))
  if (alias !== undefined)
    throw refusedCall(
      call,
      `${alias} is an alias, which may lead to another key by the time that the state runs: give the key's ARN, or the value of job.resolve(aws)`,
    )
}

function inPlaceOf(given: string | undefined, sample: string): string | undefined {
  return given !== undefined && isExpression(given) ? sample : given
}

function requestOf(call: string, job: JobLike, region: string): CreateLabelingJobRequest {
  if (typeof job !== 'object' || job === null || isPromise(job))
    throw refusedCall(call, `${formatValue(job)} is no job: give a job, a resolved job or a request`)
  if ('toRequest' in job) return job.toRequest({ region })
  if (!('request' in job)) return job
  if (job.region === region) return job.request
  throw refusedCall(
    call,
    `the job was resolved in ${job.region}, and the state is for ${region}: resolve it there`,
  )
}

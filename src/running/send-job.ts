import { aborted, throwIfAborted } from '../aws/abort.js'
import type { Aws } from '../aws/aws.js'
import { type AwsCallError, isAwsError, mayHaveHappened } from '../aws/aws-error.js'
import { retryPassing } from '../aws/retry-passing.js'
import type { LabelingJobDescription } from '../aws/sagemaker-calls.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import { jobDiffers } from '../job/job-differs.js'
import { compareRequests } from '../job/request/compare-requests.js'
import type { CreateOptions, ResolvedJob } from '../job/resolved-job.js'
import type { RunningJob } from '../job/running-job.js'
import { makeRunningJob } from './make-running-job.js'
import { RolePatience } from './role-patience.js'

/** A job that runs, and whether it was created or had been there. */
export interface SentJob {
  readonly status: 'created' | 'attached'
  readonly running: RunningJob
}

/** What jobs that are sent together share. */
export interface SendTogether {
  readonly roles: RolePatience
  /** Hears of each call that AWS throttled. */
  readonly onThrottled?: () => void
}

type Sendable = Pick<ResolvedJob, 'request' | 'region'>

// About four minutes in all: a limit of AWS is refilled by the second, and many may wait for it.
const THROTTLED_PAUSES = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]
const DOUBTS = 5

/** Sends a resolved job to AWS, or takes up the job that is there when that was asked for. */
export async function sendJob(
  resolved: Sendable,
  aws: Aws,
  { ifExists = 'refuse', signal }: CreateOptions = {},
  { roles, onThrottled }: SendTogether = { roles: new RolePatience() },
): Promise<SentJob> {
  const { request, region } = resolved
  const { LabelingJobName: name, RoleArn: role } = request
  const what = `Cannot create the labeling job ${name} in ${region}`
  const options = { what, ...(signal && { signal }) }
  throwIfAborted(signal, what)
  let throttled = 0
  let doubts = 0
  // Once a call may have created the job, whatever fails later says nothing of that. Of the calls that the SDK itself made
  // again only the last answer is known: one before it may have created the job as well.
  let doubt: AwsCallError | undefined
  let unheard = 0
  for (;;) {
    try {
      const answer = await aws.call('sagemaker:CreateLabelingJob', request, options)
      roles.forget(role)
      const { LabelingJobArn: arn = '' } = answer
      const started = { name, arn, region, createdAt: aws.clock.now() }
      return { status: 'created', running: makeRunningJob(started, aws) }
    } catch (thrown) {
      if (signal?.aborted) throw abortedOnTheWay(signal, what, name)
      unheard += attemptsOf(thrown) - 1
      if (mayHaveHappened(thrown) || (isTaken(thrown) && unheard > 0)) doubt = thrown
      let pause = roles.pauseAfter(thrown, role, aws.clock.now().getTime())
      if (isAwsError(thrown) && thrown.code === 'throttled') {
        onThrottled?.()
        pause = THROTTLED_PAUSES[throttled++]
      } else if (ifExists === 'attach' && isInDoubt(thrown)) {
        const found = await findJob(name, aws, options).catch((failure) => {
          throw signal?.aborted
            ? abortedOnTheWay(signal, what, name)
            : withDoubt(failure, name, doubt, unheard)
        })
        if (found !== undefined) return takeUp(resolved, found, aws)
        // The first call may still be on its way. A second one is refused if it arrives, so that either is right.
        pause = doubts < DOUBTS ? THROTTLED_PAUSES[doubts++] : undefined
      }
      if (pause === undefined) throw withDoubt(thrown, name, doubt, unheard)
      await aws.clock.sleep(pause, signal).catch((reason) => {
        if (!signal?.aborted) throw reason
      })
      if (signal?.aborted) throw doubt ? abortedOnTheWay(signal, what, name) : aborted(signal, { what })
    }
  }
}

/** Compares the job that is there with what would be sent, and gives its handle when they are the same. */
function takeUp(resolved: Sendable, description: LabelingJobDescription, aws: Aws): SentJob {
  const { request, region } = resolved
  const differences = compareRequests(request, description)
  const {
    LabelingJobName: name = request.LabelingJobName,
    LabelingJobArn: arn = '',
    CreationTime: createdAt = aws.clock.now(),
  } = description
  if (differences.length > 0)
    throw jobDiffers({ name: request.LabelingJobName, found: name, region }, differences)
  return { status: 'attached', running: makeRunningJob({ name, arn, region, createdAt }, aws) }
}

async function findJob(
  name: string,
  aws: Aws,
  options: { readonly what: string; readonly signal?: AbortSignal },
): Promise<LabelingJobDescription | undefined> {
  const { signal } = options
  try {
    return await retryPassing(
      aws,
      () => aws.call('sagemaker:DescribeLabelingJob', { LabelingJobName: name }, options),
      { pauses: THROTTLED_PAUSES, ...(signal && { signal }) },
    )
  } catch (thrown) {
    if (isAwsError(thrown) && thrown.code === 'not-found') return undefined
    throw thrown
  }
}

function isInDoubt(thrown: unknown): boolean {
  return mayHaveHappened(thrown) || isTaken(thrown)
}

/**
 * Says of a failure that an earlier call, or this very one, may have created the job; what came after that is told beside
 * it, for instance a look at the job that was denied.
 */
function withDoubt(thrown: unknown, name: string, doubt: AwsCallError | undefined, unheard: number): unknown {
  if (doubt === undefined || !isAwsError(thrown)) return thrown
  const { code, what, data, cause } = doubt
  const why = thrown === doubt ? doubt.why : `${doubt.why}; then ${thrown.data.call} failed: ${thrown.why}`
  const fix = isTaken(doubt)
    ? `The SDK sent the call ${unheard + 1} times, and the first may have created the job: create(aws, { ifExists: 'attach' }) takes it up if it is the same`
    : `It is not known whether the job was created: attachJob('${name}', aws) finds it if it was`
  return new LabelingJobError({ code, what, why, fix, data: { ...data, mayHaveHappened: true }, cause })
}

function isTaken(thrown: unknown): thrown is AwsCallError {
  return isAwsError(thrown) && thrown.code === 'name-taken'
}

function attemptsOf(thrown: unknown): number {
  const { cause } = Object(thrown) as {
    readonly cause?: { readonly $metadata?: { readonly attempts?: number } }
  }
  return cause?.$metadata?.attempts ?? 1
}

function abortedOnTheWay(signal: AbortSignal, what: string, name: string): LabelingJobError {
  return aborted(signal, {
    what,
    why: 'the signal was aborted while the call was on its way, so it is not known whether the job was created',
    fix: `attachJob('${name}', aws) finds it if it was, and create(aws, { ifExists: 'attach' }) goes on`,
  })
}

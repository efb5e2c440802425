import type { Aws, CallOptions } from '../aws/aws.js'
import { isAwsError } from '../aws/aws-error.js'
import type { LabelingJobDescription } from '../aws/sagemaker-calls.js'
import { isLabelingJobError, LabelingJobError } from '../errors/labeling-job-error.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import type { RefusedCallData } from '../errors/refused-call.js'
import { taskOfRequest } from '../job/request/compile-request.js'
import type { Counters, Outcome } from '../job/running-job.js'
import { fetchAnswers } from '../manifests/label-files/fetch-answers.js'
import type { WorkerAnswer } from '../manifests/label-files/read-answers.js'
import type { LabeledObject, Line } from '../manifests/read/label.js'
import { markOnlyLabeled } from '../manifests/read/only-labeled.js'
import { readAnew } from '../manifests/read/read-anew.js'
import { readJobLabels } from '../manifests/read/read-labels.js'
import { isS3Uri, withoutEndSlashes } from '../names/s3-uri.js'
import { makeShown } from '../show/shown.js'
import { explainFailure } from './explain-failure.js'
import { hasEnded } from './has-ended.js'
import { countersOf, type StartedJob } from './progress.js'

/** Says how a job ended, from AWS's description of it. */
export function outcomeOf(started: StartedJob, description: LabelingJobDescription, aws: Aws): Outcome {
  const { name, arn } = started
  const counters = countersOf(description)
  const { OutputDatasetS3Uri: manifest, FinalActiveLearningModelArn: finalModel } =
    description.LabelingJobOutput ?? {}
  const reason = description.FailureReason || 'AWS gives no reason'
  const counted = description.LabelCounters?.TotalLabeled !== undefined
  const outcome = outcomeKind(description, counters, counted)
  const explanation = outcome === 'failed' ? explainFailure(reason) : undefined
  const ended = {
    outcome,
    name,
    arn,
    counters,
    // AWS answers empty strings where it has nothing to say.
    ...(isS3Uri(manifest) && { outputManifest: manifest }),
    ...(finalModel && { finalModel }),
    ...(outcome === 'failed' && { reason, ...(explanation && { explanation }) }),
  }
  const { labeled, human, machine, failed, unlabeled } = counters
  const text = () =>
    [
      `labeling job ${name}: ${outcome}`,
      counted
        ? `  ${labeled} labeled (${human} by people, ${machine} by the model), ${failed} failed, ${unlabeled} unlabeled`
        : '  AWS gives no counts: read the labels to see how many there are',
      ...(outcome === 'failed' ? [`  reason: ${reason}`] : []),
      ...(explanation === undefined ? [] : [`  ${explanation}`]),
      `  output manifest: ${manifest || 'none'}`,
    ].join('\n')
  return makeShown(
    {
      ...ended,
      description,
      lines: () => readAnew(() => readLines(started, description, 'report', aws), 'lines of a manifest'),
      answers: (options?: CallOptions) =>
        readAnew(() => readAnswersOf(started, description, aws, options), 'answers of workers'),
      labels: () =>
        markOnlyLabeled(readAnew(() => onlyLabeled(readLines(started, description, 'throw', aws)), 'labels')),
    },
    { text, json: () => ended },
  ) as Outcome
}

function outcomeKind(
  { LabelingJobStatus }: LabelingJobDescription,
  counters: Counters,
  counted: boolean,
): Outcome['outcome'] {
  if (LabelingJobStatus === 'Failed') return 'failed'
  if (LabelingJobStatus === 'Stopped') return 'stopped'
  if (counted && counters.labeled === 0) return 'completed-without-labels'
  return counters.failed > 0 ? 'completed-with-failed-objects' : 'completed'
}

/** Yields the labels of a job as far as it is; of one that has not begun to write, none. */
export async function* labelsSoFar(
  started: StartedJob,
  description: LabelingJobDescription,
  aws: Aws,
): AsyncGenerator<LabeledObject, void> {
  try {
    yield* onlyLabeled(readLines(started, description, 'throw', aws))
  } catch (thrown) {
    const hasNone = isLabelingJobError(thrown) && thrown.code === 'job-not-finished'
    if (!hasNone || hasEnded(description.LabelingJobStatus)) throw thrown
  }
}

async function* onlyLabeled(lines: AsyncIterable<Line>): AsyncGenerator<LabeledObject, void> {
  for await (const line of lines) if (line.status === 'labeled') yield line
}

async function* readLines(
  { name }: StartedJob,
  description: LabelingJobDescription,
  onBadLine: 'report' | 'throw',
  aws: Aws,
): AsyncGenerator<Line, void> {
  const manifest = description.LabelingJobOutput?.OutputDatasetS3Uri
  if (!manifest) throw nothingToRead(name, 'AWS names no output manifest', description)
  const attribute = description.LabelAttributeName ?? name
  try {
    const task = taskOfRequest(description) ?? 'custom'
    yield* readJobLabels({ task, attribute, onBadLine }, manifest, aws)
  } catch (thrown) {
    if (!isAwsError(thrown, 'NoSuchKey')) throw thrown
    throw nothingToRead(name, `there is no output manifest at ${manifest}`, description, thrown)
  }
}

async function* readAnswersOf(
  { name }: StartedJob,
  { OutputConfig, LabelingJobOutput }: LabelingJobDescription,
  aws: Aws,
  options: CallOptions = {},
): AsyncGenerator<WorkerAnswer, void> {
  refuseUnknownOptions({ call: '.answers', what: `Cannot read the answers of ${name}` }, options, ['signal'])
  const { S3OutputPath: path } = (OutputConfig ?? {}) as { readonly S3OutputPath?: string }
  const [ofManifest] = LabelingJobOutput?.OutputDatasetS3Uri?.split('manifests/output/') ?? []
  const folder = ofManifest || `${withoutEndSlashes(path ?? '')}/${name}/`
  yield* fetchAnswers(`${folder}annotations/worker-response/`, aws, options)
}

function nothingToRead(
  name: string,
  why: string,
  { LabelingJobStatus: status, FailureReason: reason }: LabelingJobDescription,
  cause?: unknown,
): LabelingJobError {
  return new LabelingJobError({
    code: 'job-not-finished',
    what: `Cannot read the labels of ${name}`,
    why: `${why}; the job is ${status}${reason ? ` (${reason})` : ''}`,
    fix: 'A job that ended before it labeled anything has no labels: look at `outcome` before you read them',
    data: { received: status ?? 'unknown' } satisfies RefusedCallData,
    ...(cause !== undefined && { cause }),
  })
}

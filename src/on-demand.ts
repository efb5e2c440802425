import type { Aws } from './aws/aws.js'
import type { ManyOptions, ManyProgress } from './aws/many.js'
import { formatValue } from './errors/format-value.js'
import { refusedCall } from './errors/refused-call.js'
import type { WholeJobs } from './job/job-like.js'
import type { Outcome, RunningJob } from './job/running-job.js'
import { readAnew } from './manifests/read/read-anew.js'
import type { TopicArnText } from './names/topic-arn.js'
import type { PreflightResult } from './preflight/preflight-all.js'
import type { PreflightOptions } from './preflight/preflight-options.js'
import type { CreateAllOptions, CreateResult } from './running/create-all.js'
import type { JobFilter, ListedJob } from './running/list-jobs.js'
import type { SentObject } from './running/send-objects.js'
import type { NotEnded, WaitForAllOptions } from './running/wait-for-all.js'
import type { LineStream } from './show/live-line.js'
import type { ShownProgress } from './show/show-progress.js'

/**
 * Takes up a job that exists, by its name or ARN: to wait for it after a program or notebook was restarted, or to read its
 * labels. Needs `sagemaker:DescribeLabelingJob`.
 *
 * @throws LabelingJobError `not-found` when the account has no such job in the region.
 *
 * @example
 * const running = await attachJob('street-signs', aws)
 * const ended = await running.completed({ onProgress: showProgress() })
 * console.log(ended.outcome)
 */
export const attachJob: typeof import('./running/attach-job.js').attachJob = async (...given) =>
  (await import('./running/attach-job.js')).attachJob(...given)

/**
 * Looks a key up by ARN, id, alias or alias ARN, and checks that it can encrypt a labeling job in the region of
 * `aws`: customer managed, enabled, symmetric, for encryption, same region and partition. Each distinct key is
 * asked for once per client, and remembered for five minutes. Needs `kms:DescribeKey` on the key.
 *
 * AWS's own aliases (`alias/aws/…`) are refused without a call, since asking for one may create the key.
 *
 * @throws LabelingJobError `key-…` that says what stands in the way and what to do.
 *
 * @example
 * const key = await resolveKey(outputKey('alias/gt-output'), aws)
 * console.log(key.arn, key.account)
 */
export const resolveKey: typeof import('./keys/resolve-key.js').resolveKey = async (...given) =>
  (await import('./keys/resolve-key.js')).resolveKey(...given)

/**
 * Tells whether a job will run, before it is created: looks once at all that the job touches (its role and keys, the
 * manifest and its objects, the label category file, the worker page, buckets, the work team), and gives a check for
 * each, `passed`, `failed`, `warning` or `unknown`. Only reads. What AWS refuses to show makes a check `unknown`, with the
 * permission that would help.
 *
 * Needs, as far as granted, what `checkPermissions()` needs, and `sagemaker:DescribeLabelingJob`,
 * `sagemaker:DescribeWorkteam`, `sagemaker:RenderUiTemplate` (with `iam:PassRole` on the role),
 * `s3:GetBucketLocation`, `s3:GetEncryptionConfiguration`, `s3:GetBucketCORS`, and `s3:GetObject` on the manifest, its
 * objects, the label category file and the worker page (with `kms:Decrypt` on their keys).
 *
 * @throws LabelingJobError `refused-call` for arguments and options that it does not take, `aborted`, and `region-unknown`
 * when the connection has no region; all else is a check.
 *
 * @example
 * const report = await preflight(job, aws)
 * if (!report.ok) throw new Error(String(report))
 */
export const preflight: typeof import('./preflight/preflight.js').preflight = async (...given) =>
  (await import('./preflight/preflight.js')).preflight(...given)

/**
 * Tells of many jobs whether they will run, before they are created, and yields for each what `preflight()` says of it, as
 * it comes: `ok` or `not-ok` with its report, `failed` with an error where no report could be made. What jobs have in
 * common (role, keys, buckets, team, worker page, label category file) is read once, however many jobs there are. Give
 * `{ ifExists: 'attach' }` where a program is started again: jobs that exist and are the same pass. Once the signal is
 * aborted, the rest is told as `not-tried`. Needs what `preflight()` needs.
 *
 * @param jobs Whole jobs, or resolved ones, in a list or as they come.
 * @param options Those of `preflight()`; `concurrency` is of jobs here, 4 by default, and `onProgress` hears of jobs.
 * @throws LabelingJobError `refused-call` for odd options, `region-unknown`; what becomes of a job is a value.
 *
 * @example
 * for await (const result of preflightAll([job], aws, { ifExists: 'attach' }))
 *   if (result.status !== 'ok') console.error(String(result))
 */
export async function* preflightAll<Job>(
  jobs: WholeJobs<Job>,
  aws: Aws,
  options?: PreflightOptions,
): AsyncGenerator<PreflightResult<Job>, void> {
  yield* (await import('./preflight/preflight-all.js')).preflightAll(jobs as Iterable<never>, aws, options)
}

/**
 * Creates many jobs, and yields for each what became of it, as it comes: created, attached to one that was there and is
 * the same (with `{ ifExists: 'attach' }`, so that a program can be started again), refused with its problems, failed with
 * its error. Each distinct key is looked up once. Throttling is waited out, with fewer jobs at once. Nothing is sent before
 * the first step of the loop. Once the signal is aborted, the rest is told as `not-tried`: every job of a list, and of an
 * asynchronous source those that were taken. Needs what `.create()` needs.
 *
 * @param jobs Whole jobs, or resolved ones, in a list or as they come.
 * @throws LabelingJobError `refused-call` for odd options; what becomes of a job is a value.
 *
 * @example
 * for await (const result of createAll([job], aws, { ifExists: 'attach' })) console.log(result.name, result.status)
 */
export async function* createAll<Job>(
  jobs: WholeJobs<Job>,
  aws: Aws,
  options?: CreateAllOptions,
): AsyncGenerator<CreateResult<Job>, void> {
  yield* (await import('./running/create-all.js')).createAll(jobs as Iterable<never>, aws, options)
}

/**
 * Waits for many jobs, and yields how each ended, in the order in which they do. The list of the region is asked, 100 jobs
 * a call, and a job is described when the list shows that it has ended, or does not show it. What passes by itself is
 * outlived. At `deadline`, after `maxWait` or when the signal is aborted, the rest is told as `not-ended`; those jobs run
 * on. Needs `sagemaker:ListLabelingJobs` and `sagemaker:DescribeLabelingJob`.
 *
 * @param jobs Handles, names or ARNs of jobs in the region of the connection.
 * @throws LabelingJobError `refused-call` for odd options; what becomes of a job is a value.
 *
 * @example
 * for await (const end of waitForAll(['signs-berlin', 'signs-paris'], aws, { maxWait: 3_600_000 })) {
 *   console.log(end.name, end.outcome) // not-ended after an hour
 * }
 */
export async function* waitForAll(
  jobs: Iterable<RunningJob | string>,
  aws: Aws,
  options?: WaitForAllOptions,
): AsyncGenerator<Outcome | NotEnded, void> {
  yield* (await import('./running/wait-for-all.js')).waitForAll(jobs, aws, options)
}

/**
 * Lists the labeling jobs of the region, oldest first, page by page as they are read; every loop lists anew. What passes
 * by itself is tried again for a minute. Needs `sagemaker:ListLabelingJobs`.
 *
 * @throws LabelingJobError `refused-call` for odd filters, `aborted`, and the codes of AWS, in the loop.
 *
 * @example
 * const since = new Date(Date.now() - 7 * 86_400_000)
 * for await (const { name, status } of listJobs(aws, { since })) console.log(name, status)
 */
export function listJobs(aws: Aws, filter?: JobFilter): AsyncIterable<ListedJob> {
  return readAnew(async function* () {
    yield* (await import('./running/list-jobs.js')).listJobs(aws, filter)
  }, 'jobs')
}

/**
 * Sends objects to the input topic of a streaming job, ten a call, and yields for each what became of it. Each carries an
 * id by which Ground Truth knows it when it comes again: the one that its `dataset-objectid-attribute-name` names, else its
 * address in S3, else a digest of its text; so whatever is not `sent` can be sent again. Throttling and lost connections are
 * waited out. Ground Truth takes messages once the job is `InProgress`. Needs `sns:Publish` on the topic, `kms:Decrypt` and
 * `kms:GenerateDataKey` on its key if it has one, and the package `@aws-sdk/client-sns`.
 *
 * @throws LabelingJobError `client-missing`, `invalid-name` for what is no topic, `refused-call` for odd options; what
 * becomes of an object is a value.
 *
 * @example
 * const objects = [{ 'source-ref': 's3://acme-gt/in/0001.jpg' }]
 * const topic = 'arn:aws:sns:us-east-1:111122223333:groundtruth-signs'
 * for await (const { object, status } of sendObjects(objects, topic, aws)) console.log(object['source-ref'], status)
 */
export async function* sendObjects<Sent extends object>(
  objects: Iterable<Sent> | AsyncIterable<Sent>,
  topic: TopicArnText,
  aws: Aws,
  options?: ManyOptions<ManyProgress>,
): AsyncGenerator<SentObject<Sent>, void> {
  yield* (await import('./running/send-objects.js')).sendObjects(objects, topic, aws, options)
}

/**
 * Says how the job ended that an event of EventBridge is about, in any form that `readJobEvent()` reads, with one
 * DescribeLabelingJob. `undefined`: the event is about something else, or the job has not ended. Needs
 * `sagemaker:DescribeLabelingJob`.
 *
 * @throws LabelingJobError `refused-call` for a batch of several and for a job of another account or region, `not-found`
 * and the other codes of AWS, `aborted`.
 *
 * @example
 * export async function handler(event: { readonly Records: readonly object[] }) {
 *   for (const record of event.Records) console.log((await outcomeOfEvent(record, aws))?.outcome)
 * }
 */
export const outcomeOfEvent: typeof import('./running/outcome-of-event.js').outcomeOfEvent = async (
  ...given
) => (await import('./running/outcome-of-event.js')).outcomeOfEvent(...given)

/**
 * Makes what `onProgress` takes, of one job or of many things: it shows how far they are, in one line that is written anew
 * on a terminal and in a notebook of Deno, and elsewhere, as in a log, in a line for each change. What comes faster than it
 * can be read is left out: on a terminal under a tenth of a second, in a log under five seconds. Make one for each wait.
 *
 * @param stream Where to. Default: `process.stderr`, so that what a program prints stays apart.
 * @throws LabelingJobError `refused-call` for what is no stream.
 *
 * @example
 * const running = await attachJob('street-signs', aws)
 * await running.completed({ onProgress: showProgress() })
 * for await (const end of waitForAll(['signs-berlin'], aws, { onProgress: showProgress() })) console.log(String(end))
 */
export function showProgress(stream?: LineStream): (progress: ShownProgress) => Promise<void> {
  if (stream !== undefined && typeof stream?.write !== 'function')
    throw refusedCall(
      'showProgress',
      `it was given ${formatValue(stream)}, no stream: give onProgress: showProgress(), or a stream such as process.stdout`,
    )
  let show: ((progress: ShownProgress) => Promise<void>) | undefined
  return async (progress) => {
    const loaded = await import('./show/show-progress.js')
    show ??= loaded.showProgress(stream)
    await show(progress)
  }
}

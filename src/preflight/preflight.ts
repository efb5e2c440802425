import type { Aws } from '../aws/aws.js'
import { limitConcurrency } from '../aws/limit-concurrency.js'
import { makeManyProgress } from '../aws/many.js'
import { shareReads } from '../aws/share-reads.js'
import { withSignal } from '../aws/with-signal.js'
import { missingParts, requestOf } from '../job/complete-draft.js'
import { findDraftProblems } from '../job/find-draft-problems.js'
import type { WholeJob } from '../job/job-like.js'
import type { CompleteJob } from '../job/labeling-job.js'
import type { Draft } from '../job/request/draft.js'
import { draftOfRequest } from '../job/request/read-request.js'
import type { CreateLabelingJobRequest, RequestDraft } from '../job/request/request.js'
import type { ResolvedJob } from '../job/resolved-job.js'
import { readFacts } from '../job/rules/request-facts.js'
import { type CheckOptions, checkSources } from '../permissions/check/check-permissions.js'
import { planFrom } from '../permissions/plan/plan-permissions.js'
import type { Shown } from '../show/shown.js'
import { checkAccesses } from './checks/check-access.js'
import { checkAutomation } from './checks/check-automation.js'
import { checkBuckets, checkMoreBuckets } from './checks/check-buckets.js'
import { checkCategories, readCategories } from './checks/check-categories.js'
import { checkCors } from './checks/check-cors.js'
import { checkGiven } from './checks/check-given.js'
import { checkRules, checkTimeLimit } from './checks/check-job.js'
import { checkKeyPermissions, checkKeys } from './checks/check-keys.js'
import { checkLambdas } from './checks/check-lambdas.js'
import { checkManifest } from './checks/check-manifest.js'
import { checkName } from './checks/check-name.js'
import { checkObjects } from './checks/check-objects.js'
import { checkPage } from './checks/check-page.js'
import { checkRole } from './checks/check-role.js'
import { checkTeam } from './checks/check-team.js'
import { takeGiven } from './look/given-sources.js'
import { bucketsOfObjects, bucketsOfRequest } from './look/job-buckets.js'
import { asLook, type Look, notSeen } from './look/look.js'
import { readAccesses } from './look/read-accesses.js'
import { readManifest, type SeenManifest } from './look/read-manifest.js'
import { readSubject, type Subject } from './look/subject.js'
import {
  type FullPreflightOptions,
  type PreflightOptions,
  readPreflightOptions,
} from './preflight-options.js'
import type { MadeCheck } from './report/check.js'
import { makePreflightReport, type PreflightReport } from './report/preflight-report.js'

/**
 * Tells whether a job will run, before it is created: looks once at everything that the job touches, and gives a check
 * for each, `passed`, `failed`, `warning` or `unknown`. Only reads. What AWS refuses to show makes a check `unknown`,
 * with the permission that would help.
 *
 * Needs, as far as granted, what `checkPermissions()` needs, and `sagemaker:DescribeLabelingJob`,
 * `sagemaker:DescribeWorkteam`, `sagemaker:RenderUiTemplate` (with `iam:PassRole` on the role),
 * `s3:GetBucketLocation`, `s3:GetEncryptionConfiguration`, `s3:GetBucketCORS`, and `s3:GetObject` on the manifest, its
 * objects, the label category file and the worker page (with `kms:Decrypt` on their keys).
 *
 * @throws LabelingJobError `refused-call` for arguments and options that it does not take; `aborted`; `region-unknown`.
 * @example
 * const report = await preflight(job, aws)
 * if (!report.ok) throw new Error(String(report))
 */
export async function preflight<Job>(
  given: CompleteJob | ResolvedJob | WholeJob<Job>,
  aws: Aws,
  options: PreflightOptions = {},
): Promise<PreflightReport> {
  const full = readPreflightOptions('preflight', { job: given, aws, options })
  return lookAtJob(given as CompleteJob | ResolvedJob, aws, full, limitConcurrency(full.concurrency))
}

/**
 * Looks at everything that a job touches.
 *
 * @param limit Keeps to the number of calls at once.
 */
export async function lookAtJob(
  job: CompleteJob | ResolvedJob,
  aws: Aws,
  options: FullPreflightOptions,
  limit: Subject['limit'],
): Promise<PreflightReport> {
  const region = await aws.region()
  const draft = draftOf(job)
  const problems = findDraftProblems(draft, missingParts(draft), region)
  const request = requestAnywhere(draft, region)
  const shared = shareReads(withSignal(aws, options.signal, 'Cannot tell whether the job will run'))
  const subject = readSubject(request, readFacts(request as unknown as RequestDraft, region), {
    region,
    aws: shared,
    given: takeGiven(shared, options.policies),
    limit,
    sample: options.sample,
    ...(options.signal && { signal: options.signal }),
  })
  const permissions = asLook(() => readPermissions(subject, permissionOptions(options)))
  const things = lookAtThings(subject, options)
  const chapters = [
    Promise.resolve([...checkRules(problems), ...checkTimeLimit(subject)]),
    permissions.then(({ found, error }) =>
      checkKeyPermissions(error === undefined ? { found: found.asGiven } : { error }, found?.byReading),
    ),
    ...things,
    Promise.allSettled([permissions, ...things]).then(() => whatBecameOf(subject, options)),
  ]
  const checks = await inProgress(chapters, options)
  const { found } = await permissions
  return makePreflightReport({ name: request.LabelingJobName, region }, checks, found?.byReading, found?.plan)
}

/** What the role may do with the keys, with and without the policies that were given, and what would change that. */
async function readPermissions(subject: Subject, options: CheckOptions) {
  const { aws, given } = subject
  const checked = await checkSources(asResolved(subject), given.aws, options)
  const { found: plan } = await asLook(() => planFrom(checked, aws, {}))
  const asGiven = checked.report
  const isRead = asGiven.keys.every(({ arn }) => given.fates.get(arn) !== 'taken')
  const byReading = isRead ? asGiven : (await checkSources(asResolved(subject), aws, options)).report
  return { asGiven, byReading, plan }
}

function whatBecameOf(
  { given }: Subject,
  { policies, tellsUnused }: FullPreflightOptions,
): readonly MadeCheck[] {
  const arns = [...policies.keys()]
  return checkGiven(tellsUnused ? arns : arns.filter((arn) => given.fates.has(arn)), given.fates)
}

/** A job's plain data is what was said of it. */
function draftOf(job: CompleteJob | ResolvedJob): Draft {
  return 'request' in job ? draftOfRequest(job.request) : (job as unknown as Shown<Draft>).toJSON()
}

/** Starts to look at everything at once; what needs the manifest waits for it. */
function lookAtThings(
  subject: Subject,
  options: FullPreflightOptions,
): readonly Promise<readonly MadeCheck[]>[] {
  const manifest = readManifest(subject)
  const categories = readCategories(subject)
  const named = bucketsOfRequest(subject)
  return [
    checkName(subject, options),
    checkRole(subject),
    checkKeys(subject),
    checkBuckets(subject, named),
    manifest.then((seen) => checkManifest(subject, seen)),
    manifest.then((seen) => {
      const others = seen?.found === undefined ? [] : bucketsOfObjects(seen.found)
      return checkBuckets(
        subject,
        others.filter(({ name }) => named.every((bucket) => bucket.name !== name)),
      )
    }),
    manifest.then((seen) => checkMoreBuckets(seen?.found)),
    checkObjects(subject, manifest),
    checkCors(subject, manifest),
    Promise.all([categories, manifest]).then(([read, seen]) =>
      checkCategories(subject, read, seen?.found?.first),
    ),
    checkPage(subject, { manifest, categories }),
    checkAccess(subject, manifest, options),
    checkLambdas(subject),
    checkTeam(subject),
    checkAutomation(subject),
  ]
}

async function checkAccess(
  subject: Subject,
  manifest: Promise<Look<SeenManifest> | undefined>,
  options: FullPreflightOptions,
): Promise<readonly MadeCheck[]> {
  const { found, error } = await asLook(() => readAccesses(subject, manifest, options))
  return error === undefined
    ? checkAccesses(subject, found)
    : [notSeen('bucket-allowed', 'what the role may do with buckets', error)]
}

/** Waits for all chapters, and tells of each that is done. */
async function inProgress(
  chapters: readonly Promise<readonly MadeCheck[]>[],
  { onProgress }: FullPreflightOptions,
): Promise<readonly MadeCheck[]> {
  const counts: Record<string, number> = {}
  const done = chapters.map(async (chapter) => {
    const checks = await chapter
    for (const { status } of checks) counts[status] = (counts[status] ?? 0) + 1
    await onProgress?.(makeManyProgress('checks', counts))
    return checks
  })
  const settled = await Promise.allSettled(done)
  const failure = settled.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined
  if (failure !== undefined) throw failure.reason
  return settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
}

/** In a region without Ground Truth the request is the one of another: the rule that is broken says so. */
function requestAnywhere(draft: Draft, region: string): CreateLabelingJobRequest {
  try {
    return requestOf(draft, region)
  } catch {
    return requestOf(draft, 'us-east-1')
  }
}

/** Keys that are names still are looked up where permissions are read. */
function asResolved({ request }: Subject): ResolvedJob {
  return { request, keys: {} } as unknown as ResolvedJob
}

function permissionOptions({
  sample: _,
  reader: __,
  ifExists: ___,
  concurrency: ____,
  onProgress: _____,
  policies: ______,
  tellsUnused: _______,
  ...rest
}: FullPreflightOptions) {
  return rest
}

import type { Aws, CallOptions } from '../../aws/aws.js'
import { makeManyProgress } from '../../aws/many.js'
import type { LabelingJobDescription } from '../../aws/sagemaker-calls.js'
import { isLabelingJobError as isThrownError } from '../../errors/labeling-job-error.js'
import { refuseNoConnection } from '../../errors/refused-call.js'
import { parseArn } from '../../names/arn.js'
import type { LabelingJobError } from '../../running/error-data.js'
import { listPages } from '../../running/list-jobs.js'
import { askPatiently } from '../declared/ask-patiently.js'
import { readDeclaredKeys } from '../declared/declared-keys.js'
import { type ExpectedKeys, resolveExpected } from '../declared/expected-keys.js'
import { findDeclaredFindings } from '../declared/find-declared-findings.js'
import type { Finding } from '../declared/find-findings.js'
import { inspectionOf } from '../declared/inspect-job.js'
import { lookUpKeysAnew } from '../declared/look-up-keys-anew.js'
import { type AwsKey, findAwsKey } from '../proof/aws-key.js'
import type { Proof } from '../proof/proof.js'
import { proveDescription } from '../proof/prove-description.js'
import { proveManifest } from '../proof/prove-manifest.js'
import { type AuditOptions, refuseOddAuditOptions } from './audit-options.js'
import { type AuditedJob, makeInspectedJob, makeUnreadableJob } from './audited-job.js'

/** A job of an audit, with the proof of it when everything in its folder was looked at. */
export interface AuditedWithProof {
  readonly job: AuditedJob
  readonly proof?: Proof
}

/** See the function of the same name in on-demand.ts, which users call. */
export async function* auditJobs(aws: Aws, options: AuditOptions = {}): AsyncGenerator<AuditedJob, void> {
  refuseNoConnection('auditJobs', aws)
  refuseOddAuditOptions('auditJobs', options)
  for await (const { job } of auditWithProofs(lookUpKeysAnew(aws), options)) yield job
}

/**
 * Audits the jobs of a region, each with its proof when everything in its folder is looked at.
 *
 * @param aws As `lookUpKeysAnew` gives it.
 */
export async function* auditWithProofs(
  aws: Aws,
  options: AuditOptions,
): AsyncGenerator<AuditedWithProof, void> {
  const { concurrency = 4, onProgress, objects = 'none', signal, expect = {} } = options
  const request = signal ? { signal } : {}
  const region = await aws.region()
  const expected = await resolveExpected(expect, aws, request)
  let awsKey: Promise<AwsKey> | undefined
  const audit: Audit = {
    aws,
    region,
    expected,
    options: { objects, versions: options.versions ?? false, together: inFlightOf(concurrency), ...request },
    // One look for all jobs, and none when no object is looked at.
    awsKey: (account) => {
      awsKey ??= findAwsKey(account, aws, request)
      return awsKey
    },
  }
  const counts = { clean: 0, findings: 0, unreadable: 0 }
  const ahead: Promise<AuditedWithProof>[] = []
  let listed = 0
  let isListed = false
  const next = async () => {
    const audited = (await ahead.shift()) as AuditedWithProof
    counts[endOf(audited)]++
    await onProgress?.(makeManyProgress('jobs', counts, isListed ? listed : undefined))
    return audited
  }
  for await (const page of listPages(aws, options)) {
    for (const { LabelingJobName: name } of page) {
      listed++
      const audited = auditJob(name, audit)
      // Awaited in turn; until then an abort is nobody's.
      audited.catch(() => {})
      ahead.push(audited)
      if (ahead.length >= concurrency) yield await next()
    }
  }
  isListed = true
  while (ahead.length > 0) yield await next()
}

interface Audit {
  readonly aws: Aws
  readonly region: string
  readonly expected: ExpectedKeys
  readonly awsKey: (account: string) => Promise<AwsKey>
  readonly options: CallOptions & {
    readonly objects: 'none' | 'manifest' | 'all'
    readonly versions: boolean
    /** How many objects of one job are looked at together. */
    readonly together: number
  }
}

// The SDK's own agent has 50 sockets a host; more requests than that wait in a queue, and it warns of them.
function inFlightOf(jobsTogether: number): number {
  return Math.max(1, Math.min(16, Math.floor(48 / jobsTogether)))
}

function endOf({ job }: AuditedWithProof): 'clean' | 'findings' | 'unreadable' {
  if (job.kind === 'unreadable') return 'unreadable'
  return job.findings.length > 0 ? 'findings' : 'clean'
}

async function auditJob(name: string, audit: Audit): Promise<AuditedWithProof> {
  const { aws, region, options } = audit
  try {
    const description = await askPatiently(aws, options, (request) =>
      aws.call(
        'sagemaker:DescribeLabelingJob',
        { LabelingJobName: name },
        { ...request, what: `Cannot audit the labeling job ${name} in ${region}` },
      ),
    )
    return await inspect(description, audit)
  } catch (thrown) {
    // One job that cannot be read says nothing of the others; what is missing on this machine is missing for all.
    if (!isThrownError(thrown) || ['aborted', 'client-missing'].includes(thrown.code)) throw thrown
    return { job: makeUnreadableJob(name, thrown as LabelingJobError) }
  }
}

async function inspect(description: LabelingJobDescription, audit: Audit): Promise<AuditedWithProof> {
  const { aws, region, expected, options, awsKey } = audit
  const { objects, versions, together, ...request } = options
  const inspection = inspectionOf(description, region)
  const declared = await readDeclaredKeys(description, aws, request)
  const job = (findings: readonly Finding[]) => makeInspectedJob(inspection, declared, findings)
  if (objects === 'none') return { job: job(findDeclaredFindings({ declared, expected })) }
  const account = parseArn(inspection.arn)?.account ?? ''
  const context = { description, declared, expected, awsKey: await awsKey(account) }
  if (objects === 'manifest') return { job: job(await proveManifest(context, aws, request)) }
  const proof = await proveDescription(context, aws, { ...request, versions, concurrency: together })
  return { job: job(proof.findings), proof }
}

import type { Aws, CallOptions } from '../../aws/aws.js'
import type { AwsErrorData } from '../../aws/aws-error.js'
import type { AwsCalls, LabelingJobDescription } from '../../aws/calls.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { LabelingJobError as ThrownError } from '../../errors/labeling-job-error.js'
import { refuseNoConnection } from '../../errors/refused-call.js'
import { resolveKey } from '../../keys/resolve-key.js'
import type { ResolvedKey } from '../../keys/resolved-key.js'
import { parseArn } from '../../names/arn.js'
import type { KeyPurpose } from '../../names/kms-key.js'
import type { LabelingJobError } from '../../running/error-data.js'
import { makeShown, type Shown } from '../../show/shown.js'
import { type Finding, findFindings } from '../declared/find-findings.js'
import { inspectionOf, type JobInspection } from '../declared/inspect-job.js'
import { type KeyStanding, type LookedUpKey, readKeyStanding } from '../declared/key-standing.js'
import { type AuditOptions, type AuditProgress, refuseOddOptions } from './audit-options.js'

/** One job of an audit: what it declares and how its keys stand, or why it could not be looked at. */
export type AuditedJob = InspectedJob | UnreadableJob

/** What a job declares, and how the keys that it names stand today. */
export interface InspectedJob extends JobInspection {
  readonly kind: 'job'
  readonly autoLabeling: boolean
  /** The keys that the job names, each looked up once; absent: the job names none. */
  readonly keys: { readonly output?: KeyStanding; readonly volume?: KeyStanding }
  /** What is wrong with what the job declares; empty when nothing is. It is no proof of what its objects are under. */
  readonly findings: readonly Finding[]
}

/** A job that could not be looked at. */
export interface UnreadableJob extends Shown<object> {
  readonly kind: 'unreadable'
  readonly name: string
  readonly error: LabelingJobError
}

const PATIENCE = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]

/** See the function of the same name in on-demand.ts, which users call. */
export async function* auditJobs(aws: Aws, options: AuditOptions = {}): AsyncGenerator<AuditedJob, void> {
  refuseNoConnection('auditJobs', aws)
  refuseOddOptions(options)
  const { concurrency = 4, onProgress } = options
  const region = await aws.region()
  const expected = await resolveExpected(aws, options)
  const counts = { clean: 0, findings: 0, unreadable: 0 }
  const ahead: Promise<AuditedJob>[] = []
  const next = async () => {
    const audited = (await ahead.shift()) as AuditedJob
    counts[
      audited.kind === 'unreadable' ? 'unreadable' : audited.findings.length > 0 ? 'findings' : 'clean'
    ]++
    await onProgress?.(makeAuditProgress({ ...counts }))
    return audited
  }
  for await (const name of jobNames(aws, options)) {
    const audited = auditJob(name, { aws, region, expected, options })
    // Awaited in turn; until then an abort is nobody's.
    audited.catch(() => {})
    ahead.push(audited)
    if (ahead.length >= concurrency) yield await next()
  }
  while (ahead.length > 0) yield await next()
}

interface Audit {
  readonly aws: Aws
  readonly region: string
  readonly expected: Readonly<Partial<Record<KeyPurpose, ResolvedKey>>>
  readonly options: CallOptions
}

async function auditJob(name: string, audit: Audit): Promise<AuditedJob> {
  const { aws, region, options } = audit
  try {
    const description = await ask(aws, options, (request) =>
      aws.call(
        'sagemaker:DescribeLabelingJob',
        { LabelingJobName: name },
        { ...request, what: `Cannot audit the labeling job ${name} in ${region}` },
      ),
    )
    return await inspectedJob(description, audit)
  } catch (thrown) {
    // One job that cannot be read says nothing of the others.
    if (!(thrown instanceof ThrownError) || thrown.code === 'aborted') throw thrown
    return makeShown(
      { kind: 'unreadable' as const, name, error: thrown as LabelingJobError },
      { text: () => `unreadable  ${name}  ${thrown.message}` },
    )
  }
}

async function inspectedJob(description: LabelingJobDescription, audit: Audit): Promise<InspectedJob> {
  const { aws, region, expected, options } = audit
  const { signal } = options
  const inspection = inspectionOf(description, region)
  const account = parseArn(inspection.arn)?.account
  const autoLabeling = description.LabelingJobAlgorithmsConfig !== undefined
  const standing = (given: string | undefined, purpose: KeyPurpose) =>
    given ? readKeyStanding(given, { purpose, account, aws, ...(signal && { signal }) }) : undefined
  const [output, volume] = await Promise.all([
    standing(outputKeyOf(description), 'output'),
    autoLabeling ? standing(volumeKeyOf(description), 'volume') : undefined,
  ])
  const findings = [
    ...findFindings('output', output, expected.output),
    ...(autoLabeling ? findFindings('volume', volume, expected.volume) : []),
  ]
  return makeShown(
    {
      ...inspection,
      kind: 'job' as const,
      autoLabeling,
      keys: Object.freeze({ ...(output && { output: output.key }), ...(volume && { volume: volume.key }) }),
      findings: Object.freeze(findings),
    },
    { text: () => describeJob(inspection, { output, volume, autoLabeling, findings }) },
  )
}

function describeJob(
  { name, createdAt }: Pick<InspectedJob, 'name' | 'createdAt'>,
  found: {
    readonly output: LookedUpKey | undefined
    readonly volume: LookedUpKey | undefined
    readonly autoLabeling: boolean
    readonly findings: readonly Finding[]
  },
): string {
  const { output, volume, autoLabeling, findings } = found
  const line = [
    createdAt?.toISOString().slice(0, 10) ?? 'undated',
    name,
    `output ${describeKey(output)}`,
    autoLabeling ? `volume ${describeKey(volume)}` : 'no automated labeling',
  ].join('  ')
  return [line, ...findings.map(({ severity, what, why }) => `  ${severity}: ${what}: ${why}`)].join('\n')
}

function describeKey(lookedUp: LookedUpKey | undefined): string {
  if (lookedUp === undefined) return 'under a key of AWS'
  const { given, standing } = lookedUp.key
  if (standing === 'usable') return `declared under ${given}`
  return standing === 'aws-managed'
    ? `under a key of AWS (${given})`
    : `declared under ${given} (${standing})`
}

function outputKeyOf({ OutputConfig }: LabelingJobDescription): string | undefined {
  return (OutputConfig as { readonly KmsKeyId?: string } | undefined)?.KmsKeyId
}

function volumeKeyOf({ LabelingJobAlgorithmsConfig }: LabelingJobDescription): string | undefined {
  const config = LabelingJobAlgorithmsConfig as
    | { readonly LabelingJobResourceConfig?: { readonly VolumeKmsKeyId?: string } }
    | undefined
  return config?.LabelingJobResourceConfig?.VolumeKmsKeyId
}

async function resolveExpected(aws: Aws, { expect, signal }: AuditOptions): Promise<Audit['expected']> {
  const { outputKey, volumeKey } = expect ?? {}
  const options = signal ? { signal } : {}
  const [output, volume] = await Promise.all([
    outputKey && resolveKey(outputKey, aws, options),
    volumeKey && resolveKey(volumeKey, aws, options),
  ])
  return { ...(output && { output }), ...(volume && { volume }) }
}

async function* jobNames(aws: Aws, options: AuditOptions): AsyncGenerator<string, void> {
  const { since, until, status, nameContains } = options
  let token: string | undefined
  do {
    const NextToken = token
    const page = await ask(aws, options, (request) =>
      aws.call(
        'sagemaker:ListLabelingJobs',
        {
          MaxResults: 100,
          SortBy: 'CreationTime',
          SortOrder: 'Ascending',
          ...(since && { CreationTimeAfter: since }),
          ...(until && { CreationTimeBefore: until }),
          ...(status && { StatusEquals: status }),
          ...(nameContains && { NameContains: nameContains }),
          ...(NextToken !== undefined && { NextToken }),
        },
        { ...request, what: 'Cannot list the labeling jobs of the region' },
      ),
    )
    yield* namesIn(page)
    token = page.NextToken
  } while (token)
}

/** A list that is not whole would make an audit that looks clean. */
function namesIn({
  LabelingJobSummaryList: summaries,
}: AwsCalls['sagemaker:ListLabelingJobs']['output']): string[] {
  const names = Array.isArray(summaries) ? summaries.map((summary) => summary?.LabelingJobName) : [undefined]
  if (names.every((name) => typeof name === 'string' && name !== '')) return names as string[]
  const call = 'sagemaker:ListLabelingJobs'
  throw new ThrownError({
    code: 'aws-call-failed',
    what: 'Cannot list the labeling jobs of the region',
    why: `${call} gave an answer that is not whole: no list, or a job without a name`,
    fix: 'Try again; if it stays so, check what stands between this program and AWS',
    data: { call, awsError: 'not whole', mayHaveHappened: false } satisfies AwsErrorData,
  })
}

function ask<Answer>(
  aws: Aws,
  { signal }: CallOptions,
  call: (request: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  const request = signal ? { signal } : {}
  return retryPassing(aws, () => call(request), { ...request, pauses: PATIENCE })
}

function makeAuditProgress(counts: AuditProgress['counts']): AuditProgress {
  const { clean, findings, unreadable } = counts
  const total = clean + findings + unreadable
  return makeShown(
    { counts: Object.freeze(counts) },
    { text: () => `jobs: ${total}; clean: ${clean}, with findings: ${findings}, unreadable: ${unreadable}` },
  )
}

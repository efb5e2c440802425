import type { Aws } from '../aws/aws.js'
import { isAwsError } from '../aws/aws-error.js'
import type { LabelingJobDescription } from '../aws/calls.js'
import { inspectionOf, type JobInspection } from './inspect-job.js'

/** Which jobs to look at. */
export interface AuditOptions {
  /** Only jobs created after this moment. Default: all jobs of the region. */
  readonly since?: Date
}

/** One job of an audit. */
export interface AuditedJob extends JobInspection {
  /** The customer's key that the output is under; `undefined`: a key of AWS. */
  readonly outputKey: string | undefined
  readonly autoLabeling: boolean
  /** The customer's key that the storage volume is under; `undefined`: a key of AWS, or no automated labeling. */
  readonly volumeKey: string | undefined
  /** What is under a key of AWS although a customer's key was possible; empty when nothing is. */
  readonly findings: readonly ('output-without-customer-key' | 'volume-without-customer-key')[]
  /** One line for a terminal. */
  toString(): string
}

const AT_ONCE = 4
const PAUSES = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]

/**
 * Yields every labeling job of the region, oldest first, with the keys its data is under. Lazy: jobs are described
 * four ahead of the reader, each once; throttled calls are repeated after a pause. Needs
 * `sagemaker:ListLabelingJobs` and `sagemaker:DescribeLabelingJob`.
 *
 * @throws LabelingJobError when AWS refuses a call for another reason than throttling, or for longer than a minute.
 */
export async function* auditJobs(aws: Aws, { since }: AuditOptions = {}): AsyncGenerator<AuditedJob, void> {
  const region = await aws.region()
  const ahead: Promise<LabelingJobDescription>[] = []
  for await (const name of jobNames(aws, since)) {
    const description = patiently(aws, () =>
      aws.call('sagemaker:DescribeLabelingJob', { LabelingJobName: name }),
    )
    // Awaited in turn; until then a refusal is nobody's.
    description.catch(() => {})
    ahead.push(description)
    if (ahead.length === AT_ONCE) yield audited((await ahead.shift()) ?? {}, region)
  }
  for (const description of ahead) yield audited(await description, region)
}

async function* jobNames(aws: Aws, since: Date | undefined): AsyncGenerator<string, void> {
  let token: string | undefined
  do {
    const NextToken = token
    const page = await patiently(aws, () =>
      aws.call('sagemaker:ListLabelingJobs', {
        MaxResults: 100,
        SortBy: 'CreationTime',
        SortOrder: 'Ascending',
        ...(since && { CreationTimeAfter: since }),
        ...(NextToken !== undefined && { NextToken }),
      }),
    )
    for (const { LabelingJobName } of page.LabelingJobSummaryList ?? [])
      if (LabelingJobName) yield LabelingJobName
    token = page.NextToken
  } while (token)
}

async function patiently<Answer>(aws: Aws, call: () => Promise<Answer>): Promise<Answer> {
  for (const pause of PAUSES) {
    try {
      return await call()
    } catch (thrown) {
      if (!isAwsError(thrown) || thrown.code !== 'throttled') throw thrown
      await aws.clock.sleep(pause)
    }
  }
  return call()
}

function audited(description: LabelingJobDescription, region: string): AuditedJob {
  const inspection = inspectionOf(description, region)
  const [output, volume] = inspection.report.rows
  const outputKey = output?.key
  const volumeKey = volume?.key
  const autoLabeling = description.LabelingJobAlgorithmsConfig !== undefined
  const findings = [
    ...(outputKey === undefined ? (['output-without-customer-key'] as const) : []),
    ...(autoLabeling && volumeKey === undefined ? (['volume-without-customer-key'] as const) : []),
  ]
  const { name, createdAt } = inspection
  return Object.freeze({
    ...inspection,
    outputKey,
    autoLabeling,
    volumeKey,
    findings: Object.freeze(findings),
    toString: () =>
      [
        createdAt?.toISOString().slice(0, 10) ?? 'undated',
        name,
        `output ${outputKey ?? 'under a key of AWS'}`,
        autoLabeling ? `volume ${volumeKey ?? 'under a key of AWS'}` : 'no automated labeling',
      ].join('  '),
  })
}

import type { Aws, CallOptions } from '../aws/aws.js'
import { listNotWhole } from '../aws/aws-error.js'
import type { AwsCalls } from '../aws/calls.js'
import { retryPassing } from '../aws/retry-passing.js'
import type { LabelingJobStatus, LabelingJobSummary } from '../aws/sagemaker-calls.js'
import { refuseNoConnection } from '../errors/refused-call.js'
import type { Counters } from '../job/running-job.js'
import { makeShown, type Shown } from '../show/shown.js'
import { isDate, isSignal, isStatus, refuseOdd } from './check-options.js'
import { countersOf } from './progress.js'

/** Which jobs to list. */
export interface JobFilter extends CallOptions {
  /** Only jobs created after this moment. Default: all jobs of the region. */
  readonly since?: Date
  /** Only jobs created before this moment. */
  readonly until?: Date
  readonly status?: LabelingJobStatus
  readonly nameContains?: string
}

/** A job as the list of a region shows it. */
export interface ListedJob extends Shown<object> {
  readonly name: string
  readonly arn: string
  readonly status: LabelingJobStatus
  readonly createdAt: Date
  readonly counters: Counters
}

const LIST = 'sagemaker:ListLabelingJobs'
const CANNOT_LIST = 'Cannot list the labeling jobs of the region'
const PATIENCE = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]

/** See the function of the same name in on-demand.ts, which users call. */
export async function* listJobs(aws: Aws, filter: JobFilter = {}): AsyncGenerator<ListedJob, void> {
  refuseNoConnection('listJobs', aws)
  refuseOdd('listJobs', filter, {
    since: isDate,
    until: isDate,
    status: isStatus,
    nameContains: (value) =>
      typeof value === 'string' && value !== '' ? undefined : 'a string that is not empty',
    signal: isSignal,
  })
  for await (const page of listPages(aws, filter)) yield* page.map(listedJob)
}

/**
 * Yields the jobs of the region page by page, 100 a call. What passes by itself is tried again after the given pauses, by
 * default for a minute.
 */
export async function* listPages(
  aws: Aws,
  { since, until, status, nameContains, signal }: JobFilter,
  {
    order = 'Ascending',
    pauses = PATIENCE,
  }: { readonly order?: 'Ascending' | 'Descending'; readonly pauses?: readonly number[] } = {},
): AsyncGenerator<readonly NamedSummary[], void> {
  let token: string | undefined
  do {
    const NextToken = token
    const page = await retryPassing(
      aws,
      () =>
        aws.call(
          LIST,
          {
            MaxResults: 100,
            SortBy: 'CreationTime',
            SortOrder: order,
            ...(since && { CreationTimeAfter: since }),
            ...(until && { CreationTimeBefore: until }),
            ...(status && { StatusEquals: status }),
            ...(nameContains && { NameContains: nameContains }),
            ...(NextToken !== undefined && { NextToken }),
          },
          { what: CANNOT_LIST, ...(signal && { signal }) },
        ),
      { pauses, ...(signal && { signal }) },
    )
    yield namedIn(page)
    token = page.NextToken
    if (token && token === NextToken) throw listNotWhole(LIST, CANNOT_LIST, 'a page that leads to itself')
  } while (token)
}

/** A row of the list that names its job. */
export type NamedSummary = LabelingJobSummary & { readonly LabelingJobName: string }

/** A list that is not whole would make jobs vanish in silence. */
function namedIn({
  LabelingJobSummaryList: rows,
}: AwsCalls['sagemaker:ListLabelingJobs']['output']): readonly NamedSummary[] {
  const isNamed = (row: LabelingJobSummary | undefined) =>
    typeof row?.LabelingJobName === 'string' && row.LabelingJobName !== ''
  if (Array.isArray(rows) && rows.every(isNamed)) return rows as NamedSummary[]
  throw listNotWhole(LIST, CANNOT_LIST, 'no list, or a job without a name')
}

function listedJob(row: NamedSummary): ListedJob {
  const job = {
    name: row.LabelingJobName,
    arn: row.LabelingJobArn ?? '',
    status: row.LabelingJobStatus ?? 'Initializing',
    createdAt: row.CreationTime ?? new Date(0),
    counters: countersOf(row),
  }
  const { name, status, createdAt, counters } = job
  return makeShown(job, {
    text: () => `${createdAt.toISOString().slice(0, 10)}  ${name}  ${status}  ${counters.labeled} labeled`,
  })
}

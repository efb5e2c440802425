import type { Aws } from '../../aws/aws.js'
import type { AwsCalls } from '../../aws/calls.js'
import { askPatiently } from '../declared/ask-patiently.js'
import { notWhole } from '../declared/not-whole.js'
import type { AuditOptions } from './audit-options.js'

/**
 * Gives the names of the jobs of a region, oldest first, a page at a time. Needs `sagemaker:ListLabelingJobs`.
 *
 * @throws LabelingJobError the codes of AWS, and `aws-call-failed` for a list that is not whole.
 */
export async function* jobNames(aws: Aws, options: AuditOptions): AsyncGenerator<string, void> {
  const { since, until, status, nameContains } = options
  let token: string | undefined
  do {
    const NextToken = token
    const page = await askPatiently(aws, options, (request) =>
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
        { ...request, what: WHAT },
      ),
    )
    yield* namesIn(page)
    token = page.NextToken
  } while (token)
}

const WHAT = 'Cannot list the labeling jobs of the region'

/** A list that is not whole would make an audit that looks clean. */
function namesIn({
  LabelingJobSummaryList: summaries,
}: AwsCalls['sagemaker:ListLabelingJobs']['output']): string[] {
  const names = Array.isArray(summaries) ? summaries.map((summary) => summary?.LabelingJobName) : [undefined]
  if (names.every((name) => typeof name === 'string' && name !== '')) return names as string[]
  throw notWhole('sagemaker:ListLabelingJobs', WHAT, 'no list, or a job without a name')
}

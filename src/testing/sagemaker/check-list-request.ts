import type { ListLabelingJobsCommandInput } from '@aws-sdk/client-sagemaker'
import { countOf } from '../../errors/count-of.js'
import { AwsFault } from '../world/aws-fault.js'

/** What each member of a list's request may be (API reference, ListLabelingJobs). */
const LISTED = {
  StatusEquals: ['Initializing', 'InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped'],
  SortBy: ['Name', 'CreationTime', 'Status'],
  SortOrder: ['Ascending', 'Descending'],
} as const

/** Refuses a list of labeling jobs that breaks AWS's model, naming every member in AWS's words. */
export function checkListRequest(input: ListLabelingJobsCommandInput): void {
  const { MaxResults: most = 10 } = input
  const faults = [
    ...(most < 1
      ? [
          `Value '${most}' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1`,
        ]
      : []),
    ...(most > 100
      ? [
          `Value '${most}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100`,
        ]
      : []),
    ...Object.entries(LISTED).flatMap(([name, allowed]) => {
      const value = input[name as keyof typeof LISTED]
      if (value === undefined || (allowed as readonly string[]).includes(value)) return []
      const path = name.charAt(0).toLowerCase() + name.slice(1)
      return [
        `Value '${value}' at '${path}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`,
      ]
    }),
  ]
  if (faults.length > 0)
    throw new AwsFault(
      'ValidationException',
      `${countOf(faults.length, 'validation error')} detected: ${faults.join('; ')}`,
    )
}

import { describe, expect, test } from 'vitest'
import { fromRequest } from '../../../src/index.js'
import { compareRequests } from '../../../src/job/request/compare-requests.js'
import type { CreateLabelingJobRequest } from '../../../src/job/request/request.js'
import { describeRun } from '../../../src/testing/sagemaker/describe-run.js'
import { REQUESTS } from '../../fixtures/read-fixture.js'

const VALID = REQUESTS.filter((body) => body.expect === 'valid').map(
  ({ id, request, region }) => [id, fromRequest(request).toRequest({ region })] as const,
)

/** AWS's description of a job, as the fake gives it: with what AWS fills in. */
function describeJob(request: CreateLabelingJobRequest): object {
  const run = {
    request,
    status: 'InProgress',
    counters: () => ({}),
    arn: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/a',
  }
  return JSON.parse(JSON.stringify(describeRun(run as never)))
}

/** The way to every value in a request. */
function ways(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way]
  return Object.entries(value).flatMap(([name, inner]) => ways(inner, [...way, name]))
}

/** Puts another value in the place of one. */
function changed(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return typeof value === 'number' ? value + 7 : `${value}x`
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
  copy[name] = changed(copy[name], rest)
  return copy
}

describe('a job and the description of it', () => {
  test.each(VALID)('are the same: %s', (_, request) => {
    expect(compareRequests(request, describeJob(request))).toEqual([])
  })

  test.each(VALID)('are another once any value is: %s', (_, request) => {
    // A tag under another name is one that was added, and one that is missing.
    const unseen = ways(request).filter((way) => {
      const other = changed(request, way) as CreateLabelingJobRequest
      const paths = compareRequests(request, describeJob(other)).map(({ path }) => path.split('.')[0])
      return !paths.includes(way[0])
    })

    // What a stream ignores.
    const isStream = request.InputConfig?.DataSource?.SnsDataSource !== undefined
    expect(unseen.filter(([field]) => !(isStream && field === 'StoppingConditions'))).toEqual([])
  })
})

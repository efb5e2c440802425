import { describe, expect, test } from 'vitest'
import { fromDescribe, fromRequest } from '../../../src/index.js'
import type { CreateLabelingJobRequest } from '../../../src/job/request/request.js'
import { REQUESTS } from '../../fixtures/read-fixture.js'
import { rebuild } from './rebuild.js'
import { withoutEmptyParts } from './without-empty-parts.js'

describe('requests as people send them', () => {
  test.each(REQUESTS.filter((body) => body.expect === 'valid'))(
    'the builder says $id',
    ({ request, region }) => {
      const job = rebuild(request as unknown as CreateLabelingJobRequest)

      expect(job.toRequest({ region })).toEqual(withoutEmptyParts(request))
      expect(job.problems(region).filter(({ severity }) => severity === 'error')).toEqual([])
    },
  )

  test.each(REQUESTS)('fromRequest gives $id again', ({ request, region }) => {
    expect(fromRequest(request).toRequest({ region })).toEqual(withoutEmptyParts(request))
  })

  test.each(REQUESTS)('fromRequest finds $id $expect', ({ request, region, expect: verdict }) => {
    const errors = fromRequest(request)
      .problems(region)
      .filter(({ severity }) => severity === 'error')

    expect(errors.length === 0 ? 'valid' : 'invalid').toBe(verdict)
  })

  test.each(REQUESTS.filter((body) => body.expect === 'valid'))(
    'fromDescribe clones $id',
    ({ request, region }) => {
      const description = {
        ...request,
        LabelingJobStatus: 'Completed' as const,
        LabelCounters: { TotalLabeled: 3 },
        CreationTime: new Date(0),
        JobReferenceCode: 'abc',
        LabelingJobArn: 'arn',
      }

      const clone = fromDescribe(description).named('clone').toRequest({ region })

      expect(clone.LabelingJobName).toBe('clone')
      expect(Object.keys(clone).filter((field) => !(field in request))).toEqual([])
      expect(
        fromRequest(clone)
          .problems(region)
          .filter(({ severity }) => severity === 'error'),
      ).toEqual([])
    },
  )
})

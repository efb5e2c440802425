import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { LabelingJobError as ThrownError } from '../../src/errors/labeling-job-error.js'
import { isLabelingJobError, LabelingJobError } from '../../src/running/error-data.js'

const BIG = { rows: Array.from({ length: 2_000 }, (_, index) => ({ index, text: 'x'.repeat(20) })) }

function made(code: 'not-found' | 'throttled' | 'aborted', data: unknown = { region: 'us-east-1' }) {
  return new ThrownError({ code, what: 'Cannot read it', why: 'it is gone', fix: 'Look elsewhere', data })
}

describe('an error of the library', () => {
  test('says what, why and what to do', () => {
    expect(made('not-found')).toMatchObject({
      name: 'LabelingJobError',
      code: 'not-found',
      message: 'Cannot read it: it is gone. Look elsewhere.',
      retryable: false,
      data: { region: 'us-east-1' },
    })
  })

  test('says whether the same call may succeed later', () => {
    expect(made('throttled').retryable).toBe(true)
  })

  test('has the name that retry helpers look for when it was aborted', () => {
    expect(made('aborted').name).toBe('AbortError')
  })

  test('fills no screen when nobody catches it: its data is not printed', () => {
    expect(inspect(made('not-found', BIG)).split('\n').length).toBeLessThan(30)
  })

  test('is a page of JSON at most', () => {
    expect(JSON.parse(JSON.stringify(made('not-found')))).toEqual({
      name: 'LabelingJobError',
      code: 'not-found',
      message: 'Cannot read it: it is gone. Look elsewhere.',
      retryable: false,
      data: { region: 'us-east-1' },
    })
    expect(JSON.stringify(made('not-found', BIG)).length).toBeLessThan(1_000)
  })

  test('is told by its code, also from another copy of the library', () => {
    const copy = Object.assign(new Error('x'), { code: 'throttled', what: '', why: '', fix: '', data: {} })

    expect([made('throttled'), copy].map((error) => isLabelingJobError(error, 'throttled'))).toEqual([
      true,
      true,
    ])
    expect(isLabelingJobError(made('throttled'), 'not-found')).toBe(false)
    expect(isLabelingJobError(new Error('x'))).toBe(false)
    expect(made('throttled')).toBeInstanceOf(LabelingJobError)
  })

  test('is no instance of a class that a program derives from it', () => {
    class Mine extends ThrownError {}
    const mine = new Mine({ code: 'throttled', what: 'a', why: 'b', fix: 'c', data: {} })

    expect([
      made('throttled') instanceof Mine,
      mine instanceof Mine,
      mine instanceof LabelingJobError,
    ]).toEqual([false, true, true])
  })
})

import { describe, expectTypeOf, test } from 'vitest'
import {
  type ErrorData,
  isLabelingJobError,
  LabelingJobError,
  type LabelingJobErrorCode,
} from '../../src/index.js'
import type { PermissionPlan } from '../../src/permissions/index.js'

declare const error: unknown

describe('the code of an error', () => {
  test('narrows its data after one comparison', () => {
    if (isLabelingJobError(error) && error.code === 'invalid-job') {
      expectTypeOf(error.data).toEqualTypeOf<ErrorData['invalid-job']>()
    }
    if (error instanceof LabelingJobError && error.code === 'key-disabled') {
      expectTypeOf(error.data.region).toEqualTypeOf<string>()
    }
  })

  test('narrows its data when it is asked for', () => {
    if (isLabelingJobError(error, 'permissions-not-met', 'permissions-plan-refused')) {
      expectTypeOf(error.data.plan).toEqualTypeOf<PermissionPlan>()
      expectTypeOf(error.code).toEqualTypeOf<'permissions-not-met' | 'permissions-plan-refused'>()
    }
  })

  test('has data, whatever it is', () => {
    expectTypeOf<keyof ErrorData>().toEqualTypeOf<LabelingJobErrorCode>()
  })

  test('is refused when it does not exist', () => {
    // @ts-expect-error no such code
    isLabelingJobError(error, 'no-such-code')
  })

  test('cannot be given to a new error: only the library makes them', () => {
    // @ts-expect-error not constructable
    expectTypeOf(LabelingJobError).toBeConstructibleWith({})
  })
})

import { expectTypeOf, test } from 'vitest'
import type { GivenPolicies } from '../../src/index.js'

test('policies are given by the ARN of a key or bucket, as text or as a document', () => {
  const key = 'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const allow = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::acme' } as const

  expectTypeOf({
    [key]: '{}',
    'arn:aws:s3:::acme': { Statement: [allow] },
  } as const).toExtend<GivenPolicies>()
  // Read from a file, or under an ARN that is known when the program runs.
  expectTypeOf<Record<string, string>>().toExtend<GivenPolicies>()
  // @ts-expect-error an alias is not the ARN of a key
  const policies: GivenPolicies = { 'alias/gt-output': '{}' }
  expectTypeOf(policies).toExtend<GivenPolicies>()
})

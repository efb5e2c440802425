import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decidePermission } from '../../../src/permissions/decide/decide-permission.js'
import type { PermissionQuestion } from '../../../src/permissions/evaluate/question.js'
import { runs } from '../../support/runs.js'

const anything = fc.jsonValue()
const oddStatement = fc.record(
  {
    Effect: fc.oneof(fc.constant('Allow'), fc.constant('Deny'), anything),
    Principal: fc.oneof(fc.constant('*'), anything),
    Action: fc.oneof(fc.constant('kms:*'), anything),
    Resource: fc.oneof(fc.constant('*'), anything),
    Condition: fc.oneof(
      fc.dictionary(fc.constantFrom('StringEquals', 'Null', 'IpAddress'), anything),
      anything,
    ),
  },
  { requiredKeys: [] },
)
const policy = fc.oneof(
  anything,
  fc.record({ Version: fc.constant('2012-10-17'), Statement: fc.array(oddStatement) }),
)

/** What has the wrong shape is refused before anything else of the question is looked at. */
function oftenRight<Value>(right: fc.Arbitrary<Value>): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: right, weight: 19 }, { arbitrary: anything, weight: 1 })
}

test('answers any JSON with one of the four verdicts and never throws', () => {
  const values = fc.dictionary(fc.string(), anything)
  const path = fc.record({ name: anything, context: values, absentContextKeys: fc.array(fc.string()) })
  const question = fc.record(
    {
      keyPolicy: policy,
      sharedKeyPolicy: policy,
      identityPolicies: fc.oneof(anything, fc.array(fc.record({ name: anything, policy }))),
      boundary: policy,
      grants: fc.oneof(anything, fc.array(fc.record({ Operations: anything, Constraints: anything }))),
      scps: oftenRight(fc.array(fc.array(policy))),
      rcps: oftenRight(fc.array(policy)),
      context: oftenRight(values),
      absentContextKeys: oftenRight(fc.array(fc.string())),
      possibleValues: oftenRight(fc.dictionary(fc.string(), anything)),
      paths: oftenRight(fc.array(path)),
    },
    { requiredKeys: ['keyPolicy', 'identityPolicies'] },
  )

  fc.assert(
    fc.property(question, (parts) => {
      const asked = {
        roleArn: 'arn:aws:iam::123456789012:role/Annotator',
        keyArn: 'arn:aws:kms:eu-west-1:123456789012:key/0a1b',
        action: 'kms:Decrypt',
        ...parts,
      } as unknown as PermissionQuestion
      const { verdict, unknownBecause } = decidePermission(asked)

      expect(['allowed', 'denied', 'missing', 'unknown']).toContain(verdict)
      expect(unknownBecause.length > 0).toBe(verdict === 'unknown')
    }),
    { numRuns: runs(3_000, 50), seed: 17 },
  )
}, 600_000)

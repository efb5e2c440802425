import { describe, expect, test } from 'vitest'
import { isLabelingJobError } from '../../../src/errors/labeling-job-error.js'
import { fakeAws } from '../../../src/testing/index.js'

const SESSION = 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker'

/** Describes a key as a role that may do so where a condition holds. */
async function describeKey(tags: Readonly<Record<string, string>>, condition: object): Promise<string> {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ tags })
  const statement = { Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*', Condition: condition }
  cloud.role({
    name: 'GtExec',
    inline: { Keys: { Version: '2012-10-17', Statement: statement as never } },
  })
  try {
    await cloud.connect({ as: SESSION }).call('kms:DescribeKey', { KeyId: keyArn })
    return 'allowed'
  } catch (error) {
    return isLabelingJobError(error) && error.code === 'access-denied' ? 'denied' : String(error)
  }
}

const OF_RED = { StringEquals: { 'aws:ResourceTag/Crew': 'red' } }

describe('the fake holds against the caller what AWS leaves open', () => {
  test.each([
    ['a tag with the value', { Crew: 'red' }, OF_RED, 'allowed'],
    ['a tag with the value, in another case', { crew: 'red' }, OF_RED, 'allowed'],
    ['two tags that differ by case only', { Crew: 'red', crew: 'blue' }, OF_RED, 'denied'],
    ['two tags that differ by case only, with one value', { Crew: 'red', crew: 'red' }, OF_RED, 'allowed'],
    ['an empty tag and any value', { Crew: '' }, { StringLike: { 'aws:ResourceTag/Crew': '*' } }, 'denied'],
    [
      'an empty tag and another value',
      { Crew: '' },
      { StringNotEquals: { 'aws:ResourceTag/Crew': 'red' } },
      'allowed',
    ],
    ['an empty tag under Null', { Crew: '' }, { Null: { 'aws:ResourceTag/Crew': 'false' } }, 'denied'],
    [
      'ForAnyValue with IfExists and no tag',
      {},
      { 'ForAnyValue:StringEqualsIfExists': { 'aws:ResourceTag/Crew': 'red' } },
      'denied',
    ],
  ] as const)('%s', async (_, tags, condition, outcome) => {
    expect(await describeKey(tags, condition)).toBe(outcome)
  })
})

import { describe, expect, test } from 'vitest'
import { describeAccess } from '../../../src/permissions/access/describe-access.js'
import type { UnknownReason } from '../../../src/permissions/evaluate/unknown-reason.js'
import { decidedAccess, ROLE } from './labeling-place.js'

const CONDITION: UnknownReason = {
  kind: 'condition',
  key: 'aws:SourceIp',
  operator: 'NotIpAddress',
  policy: 'bucket-policy',
  statement: 'Office',
}

describe('an access in words', () => {
  test('that is allowed names the statement that allows it, or why it is needed', () => {
    const allow = { statement: 'All', effect: 'Allow', via: 'identity', certain: true } as const

    expect(
      describeAccess(
        decidedAccess({}, { verdict: 'allowed', evidence: [{ policy: 'inline:S3', ...allow }] }),
      ),
    ).toEqual({
      what: 'The execution role may do s3:PutObject on arn:aws:s3:::labels/out/Cats-1/*',
      why: 'inline:S3 All',
      fix: '',
      owner: 'you',
    })
    expect(describeAccess(decidedAccess({}, { verdict: 'allowed' })).why).toBe('the job writes its labels')
  })

  test('that hangs on a condition is for whoever owns the policy', () => {
    expect(
      describeAccess(decidedAccess({}, { verdict: 'unknown', unknownBecause: [CONDITION] })),
    ).toMatchObject({
      what: 'The execution role may or may not do s3:PutObject on arn:aws:s3:::labels/out/Cats-1/*',
      why: 'bucket-policy Office depends on aws:SourceIp (NotIpAddress)',
      fix: 'Ask whoever owns that policy, or run a job of one object first',
      owner: 'bucket',
    })
    const ofRole: UnknownReason = { ...CONDITION, policy: 'inline:S3' }
    expect(describeAccess(decidedAccess({}, { verdict: 'unknown', unknownBecause: [ofRole] })).owner).toBe(
      'role',
    )
  })

  test('that a Deny may stop says how the role is spared for certain', () => {
    const policy = { policy: 'bucket-policy', statement: 'Office' }
    const deny = { ...policy, effect: 'Deny', via: 'any', certain: false } as const
    const unknown = { verdict: 'unknown', unknownBecause: [CONDITION], evidence: [deny] } as const

    expect(describeAccess(decidedAccess({}, unknown)).fix).toBe(
      `Have bucket-policy Office spare ${ROLE}, which "ArnNotEquals": {"aws:PrincipalArn": "${ROLE}"} among its conditions does: nothing of the statement then binds it; or run a job of one object first`,
    )
    expect(describeAccess(decidedAccess({ who: 'reader' }, unknown)).fix).toContain(
      '; or try with one object',
    )
  })

  test('that hangs on the organization is settled by an option', () => {
    const org: UnknownReason = { ...CONDITION, key: 'aws:PrincipalOrgID', operator: 'StringNotEquals' }

    expect(describeAccess(decidedAccess({}, { verdict: 'unknown', unknownBecause: [org] })).fix).toBe(
      "Needed: the organization, given as { organization: { id: 'o-…' } }",
    )
  })

  test('that depends on the form of the request says how', () => {
    const requests = [
      { name: 'naming the output key', verdict: 'unknown' },
      { name: 'naming no key', verdict: 'denied' },
    ] as const
    const differ: UnknownReason = { kind: 'requests-differ', requests }

    expect(describeAccess(decidedAccess({}, { verdict: 'unknown', unknownBecause: [differ] }))).toMatchObject(
      {
        why: 'it depends on the form of the request, which is not certain: naming the output key unknown, naming no key denied',
        owner: 'you',
      },
    )
  })

  test('that the caller lacks is for the caller', () => {
    const create = {
      who: 'caller',
      action: 'sagemaker:CreateLabelingJob',
      resourceArn: 'arn:job',
      goesOn: false,
      why: 'the job is created with it',
    } as const

    expect(describeAccess(decidedAccess(create, { missingIn: ['identity'], roleArn: 'arn:user' }))).toEqual({
      what: 'The caller is not allowed sagemaker:CreateLabelingJob on arn:job',
      why: "the job is created with it, and nothing allows it: no Allow in the caller's IAM policies",
      fix: 'Allow sagemaker:CreateLabelingJob on arn:job in an IAM policy of the caller',
      owner: 'you',
    })
    expect(describeAccess(decidedAccess(create, { verdict: 'denied', roleArn: '' }))).toMatchObject({
      why: 'a Deny of its policies',
      fix: 'Have that Deny spare the caller: no Allow outweighs it',
      owner: 'you',
    })
  })

  test.each([
    ['sns:Publish', 'the policy of the topic'],
    ['lambda:InvokeFunction', 'the policy of the Lambda function'],
    ['kms:Decrypt', 'the key policy'],
    ['s3:GetObject', 'the bucket policy'],
  ])('that lacks an Allow for %s in %s says so', (action, side) => {
    expect(describeAccess(decidedAccess({ action }, {})).why).toContain(`no Allow in ${side}`)
    const inKey = { missingIn: ['key-policy'] as never }
    expect(describeAccess(decidedAccess({ action: 'kms:Decrypt' }, inKey))).toMatchObject({ owner: 'key' })
  })

  test('that lacks an Allow of boundary or organization says so', () => {
    const why = (side: 'boundary' | 'scp') => describeAccess(decidedAccess({}, { missingIn: [side] })).why

    expect(why('boundary')).toContain('no Allow in the permissions boundary')
    expect(why('scp')).toContain('no Allow in the service control policies')
  })
})

import { describe, expect, test } from 'vitest'
import { boundingBox, fromRequest, labelingJob, outputKey, volumeKey } from '../../src/index.js'
import { checkPermissions } from '../../src/permissions/check/check-permissions.js'
import { decidePermission } from '../../src/permissions/decide/decide-permission.js'
import { ourName, STATEMENT_PREFIX } from '../../src/permissions/plan/our-names.js'
import { planPermissions } from '../../src/permissions/plan/plan-permissions.js'
import { fakeAws } from '../../src/testing/index.js'

const ROLE = 'arn:aws:iam::111122223333:role/GtExec'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const job = labelingJob('signs')
  .task(
    boundingBox({
      title: 'Box',
      description: 'Box it',
      template: 's3://gt/t.html',
      labels: 's3://gt/l.json',
    }),
  )
  .input('s3://gt/in.manifest')
  .output('s3://gt/out', outputKey('alias/gt'))
  .role(ROLE)
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/v')

test('a statement of our name about somebody else gives the role no rights, and is not replaced', async () => {
  const cloud = fakeAws()
  const sid = await ourName(STATEMENT_PREFIX, ROLE)
  const admin = {
    Sid: 'Admin',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
    Action: 'kms:*',
    Resource: '*',
  }
  const foreign = { ...admin, Sid: sid, Action: ['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy'] }
  cloud.key({ alias: 'alias/gt', policy: { Version: '2012-10-17', Statement: [admin, foreign] } })
  cloud.role({ name: 'GtExec' })

  const plan = await planPermissions(job, cloud.connect())

  expect(plan.changes).toEqual([])
  expect(String(plan)).toContain('is not ours to replace')
})

describe('session tags', () => {
  test.each(['sts:TagSession', 'sts:TagS*', 'sts:T*', 'sts:?agSession', 'sts:*', '*'])(
    'may differ from the tags of the role when the trust policy allows %s',
    async (action) => {
      const cloud = fakeAws()
      const statement = {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'kms:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'gt' } },
      }
      cloud.key({ alias: 'alias/gt', policy: { Version: '2012-10-17', Statement: statement } })
      cloud.role({
        name: 'GtExec',
        tags: { Team: 'gt' },
        trust: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'sagemaker.amazonaws.com' },
            Action: ['sts:AssumeRole', action],
          },
        },
      })

      const { decisions } = await checkPermissions(job, cloud.connect())

      expect(new Set(decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    },
  )
})

test('a date that does not exist decides nothing', () => {
  const { verdict } = decidePermission({
    roleArn: ROLE,
    keyArn: KEY,
    action: 'kms:Decrypt',
    identityPolicies: [],
    keyPolicy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'kms:*', Resource: '*' },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:*',
          Resource: '*',
          Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-02-31T00:00:00Z' } },
        },
      ],
    },
    possibleValues: { 'aws:CurrentTime': ['2026-11-23T00:00:00Z', '2026-12-23T00:00:00Z'] },
  })

  expect(verdict).toBe('unknown')
})

test.each([
  ['İstanbul', 'İSTANBUL', 'allowed'],
  ['İstanbul', 'istanbul', 'missing'],
])('text in other case is compared letter by letter: %s and %s', (tag, wanted, verdict) => {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: ROLE },
    Action: 'kms:*',
    Resource: '*',
    Condition: { StringEqualsIgnoreCase: { 'aws:PrincipalTag/city': wanted } },
  }

  const decision = decidePermission({
    roleArn: ROLE,
    keyArn: KEY,
    action: 'kms:Decrypt',
    identityPolicies: [],
    keyPolicy: { Version: '2012-10-17', Statement: statement },
    context: { 'aws:PrincipalTag/city': tag },
  })

  expect(decision.verdict).toBe(verdict)
})

test('what hung on a condition in the own statement is not lost when the statement is replaced', async () => {
  const cloud = fakeAws()
  const own = {
    Sid: await ourName(STATEMENT_PREFIX, ROLE),
    Effect: 'Allow',
    Principal: { AWS: ROLE },
    Action: ['kms:Encrypt', 'kms:Decrypt'],
    Resource: '*',
  }
  const admin = {
    ...own,
    Sid: 'Admin',
    Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
    Action: 'kms:*',
  }
  const key = (condition: object) => {
    const { keyArn } = cloud.key({
      policy: { Version: '2012-10-17', Statement: [admin, { ...own, Condition: condition }] } as never,
    })
    return keyArn as typeof KEY
  }
  cloud.role({ name: 'GtExec' })
  const certain = key({ StringEquals: { 'aws:PrincipalAccount': '111122223333' } })
  const unclear = key({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } })
  const aws = cloud.connect()

  const kept = await planPermissions(job.output('s3://gt/out', outputKey(certain)), aws)
  const refused = await planPermissions(job.output('s3://gt/out', outputKey(unclear)), aws)

  expect(kept.complete).toBe(true)
  expect(kept.changes).toMatchObject([{ kind: 'key-policy', replaces: { Condition: {} } }])
  expect(kept.warnings).toEqual([
    `the statement ${own.Sid} of ${certain} was under a condition or narrowed, and is replaced without that`,
  ])
  expect(refused.changes).toEqual([])
  expect(refused.notFixed.find(({ decision }) => decision.action === 'kms:DescribeKey')?.why).toBe(
    'the change would take kms:Encrypt, kms:Decrypt from the role',
  )
})

test('a volume key given to a request without a task of automated labeling does not get into the request', () => {
  const custom = fromRequest({ LabelingJobName: 'a' }).autoLabeling(volumeKey(KEY))

  expect(() => custom.toRequest({ region: 'us-east-1' })).toThrow(
    'without the algorithm of automated labeling',
  )
})

test('automated labeling on a request that was read in takes the algorithm of its task', () => {
  const request = job.output('s3://gt/out').toRequest({ region: 'us-east-1' })

  const automated = fromRequest(request).autoLabeling(volumeKey(KEY)).toRequest({ region: 'us-east-1' })

  expect(automated.LabelingJobAlgorithmsConfig).toEqual({
    LabelingJobAlgorithmSpecificationArn:
      'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/object-detection',
    LabelingJobResourceConfig: { VolumeKmsKeyId: KEY },
  })
})

import { describe, expect, test } from 'vitest'
import { outputKey } from '../../../src/index.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { ourName, STATEMENT_PREFIX } from '../../../src/permissions/plan/our-names.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import { fakeAws } from '../../../src/testing/index.js'
import { signsJob } from '../../support/signs-job.js'
import {
  ADMIN,
  cloudWith,
  GUIDE,
  JOB,
  keyPolicyOf,
  OUTPUT_KEY,
  PAIRS,
  policyText,
  ROLE,
  VOLUME_KEY,
} from '../labeling-account.js'

const job = signsJob.role(ROLE)
const OWN_SID = await ourName(STATEMENT_PREFIX, ROLE, OUTPUT_KEY)

describe('a key policy is not planned to be changed', () => {
  test.each([
    [
      'a Deny of our Sid',
      { ...GUIDE, Sid: OWN_SID, Effect: 'Deny', Action: 'kms:Encrypt' },
      'denies, and a Deny is not taken away',
    ],
    [
      'a statement of our Sid about two roles',
      { ...PAIRS, Sid: OWN_SID, Principal: { AWS: [ROLE, 'arn:aws:iam::111122223333:role/B'] } },
      'is not ours to replace',
    ],
    [
      'an exception of our Sid',
      { ...ADMIN, Sid: OWN_SID, Principal: undefined, NotPrincipal: { AWS: ROLE } },
      'is not ours to replace',
    ],
    [
      'a statement of our Sid about a service as well',
      { ...PAIRS, Sid: OWN_SID, Principal: { AWS: ROLE, Service: 's3.amazonaws.com' } },
      'is not ours to replace',
    ],
  ] as const)('over %s', async (_, statement, why) => {
    const cloud = cloudWith(policyText(ADMIN, statement as never))

    const plan = await planPermissions(JOB, cloud.connect(), { addDocumentedStatement: true })

    expect(plan.changes).toEqual([])
    const whys = plan.notFixed.map((left) => left.why).join('\n')
    expect(whys).toContain(why)
  })

  test('when our Sid stands in it twice', async () => {
    const own = { ...PAIRS, Sid: OWN_SID }
    const cloud = cloudWith(policyText(ADMIN, own, own))

    const plan = await planPermissions(JOB, cloud.connect())

    expect(plan.notFixed[0]?.why).toContain(`2 statements have the Sid ${OWN_SID}`)
  })

  test('when it cannot be read', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    cloud.inject({ call: 'kms:GetKeyPolicy', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const plan = await planPermissions(JOB, cloud.connect(), { addDocumentedStatement: true })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('the key policy cannot be read (kms:GetKeyPolicy)')
  })

  test('when it has characters that KMS does not store', async () => {
    const cloud = cloudWith(policyText({ ...ADMIN, Sid: 'Ключ' }))

    const plan = await planPermissions(JOB, cloud.connect())

    expect(plan.notFixed[0]?.why).toBe('the key policy has characters that KMS does not store')
  })
})

describe('our own statement', () => {
  test('replaces its own statement when the role was made anew, and undo takes it out', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const first = await ensurePermissions(JOB, aws, { apply: true })
    cloud.deleteRole(ROLE)
    cloud.role({ name: 'GtExec', path: '/service-role/' })

    const plan = await planPermissions(JOB, aws)
    const { report, undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    const written = JSON.parse(await keyPolicyOf(cloud, OUTPUT_KEY)).Statement
    if (info === undefined) throw new Error('something was written')
    const { undone } = await undo(info, aws)

    expect(first.report.ok).toBe(true)
    expect(report.ok).toBe(true)
    expect(written).toEqual([ADMIN, { ...GUIDE, Sid: expect.stringMatching(/^SmGroundTruthUse/) }])
    expect(String(plan)).toContain('  -     "AWS": "AROAEXAMPLEGT0000001"\n  +     "AWS": "arn:aws:iam')
    expect(plan.warnings).toEqual([
      'AROAEXAMPLEGT0000001 is the id of a deleted principal; undo() does not put it back',
    ])
    expect(undone).toHaveLength(1)
    expect(JSON.parse(await keyPolicyOf(cloud, OUTPUT_KEY))).toEqual(JSON.parse(policyText(ADMIN)))
  })
})

test('a statement of our name about somebody else gives the role no rights, and is not replaced', async () => {
  const cloud = fakeAws()
  const sid = await ourName(STATEMENT_PREFIX, ROLE, OUTPUT_KEY)
  const admin = {
    Sid: 'Admin',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
    Action: 'kms:*',
    Resource: '*',
  }
  const foreign = { ...admin, Sid: sid, Action: ['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy'] }
  const keyId = OUTPUT_KEY.split('/')[1] ?? ''
  cloud.key({ keyId, alias: 'alias/gt', policy: { Version: '2012-10-17', Statement: [admin, foreign] } })
  cloud.role({ name: 'GtExec', path: '/service-role/' })

  const plan = await planPermissions(job, cloud.connect())

  expect(plan.changes).toEqual([])
  expect(String(plan)).toContain('is not ours to replace')
})

test('what hung on a condition in the own statement is not lost when the statement is replaced', async () => {
  const cloud = fakeAws()
  const own = {
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
  const key = async <Arn extends typeof OUTPUT_KEY | typeof VOLUME_KEY>(keyArn: Arn, condition: object) => {
    const Sid = await ourName(STATEMENT_PREFIX, ROLE, keyArn)
    cloud.key({
      keyId: keyArn.split('/')[1] ?? '',
      policy: { Version: '2012-10-17', Statement: [admin, { ...own, Sid, Condition: condition }] } as never,
    })
    return keyArn
  }
  cloud.role({ name: 'GtExec', path: '/service-role/' })
  const certain = await key(OUTPUT_KEY, { StringEquals: { 'aws:PrincipalAccount': '111122223333' } })
  const unclear = await key(VOLUME_KEY, { StringEquals: { 'aws:SourceVpce': 'vpce-1' } })
  const aws = cloud.connect()

  const kept = await planPermissions(job.output('s3://gt/out', outputKey(certain)), aws)
  const refused = await planPermissions(job.output('s3://gt/out', outputKey(unclear)), aws)

  expect(kept.complete).toBe(true)
  expect(kept.changes).toMatchObject([{ kind: 'key-policy', replaces: { Condition: {} } }])
  expect(kept.warnings).toEqual([
    `the statement ${await ourName(STATEMENT_PREFIX, ROLE, certain)} of ${certain} was under a condition or narrowed, and is replaced without that`,
  ])
  expect(refused.changes).toEqual([])
  expect(refused.notFixed.find(({ decision }) => decision.action === 'kms:DescribeKey')?.why).toBe(
    'the change would take kms:Encrypt, kms:Decrypt from the role',
  )
})

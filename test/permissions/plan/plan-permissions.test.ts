import { describe, expect, test } from 'vitest'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { ourName, STATEMENT_PREFIX } from '../../../src/permissions/plan/our-names.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  FOREIGN_KEY,
  GUIDE,
  JOB,
  OUTPUT_KEY,
  policyText,
  putInline,
  ROLE,
  resolvedJob,
  TWO_KEY_JOB,
  thrownBy,
  VOLUME_KEY,
  writesOf,
} from '../labeling-account.js'

const FROM_ENDPOINT = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }

const DENY = { ...ADMIN, Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt' }

describe('a plan', () => {
  test('as the guide shows it, key actions go into the key policy and CreateGrant onto the role', async () => {
    const cloud = cloudWith(policyText(DELEGATION), { volume: policyText(DELEGATION) })

    const plan = await planPermissions(TWO_KEY_JOB, cloud.connect(), { prefer: 'guide' })

    expect(plan.changes.map(({ kind, keyArn }) => [kind, keyArn])).toEqual([
      ['key-policy', OUTPUT_KEY],
      ['key-policy', VOLUME_KEY],
      ['role-policy', VOLUME_KEY],
    ])
    expect(plan.complete).toBe(true)
    expect(writesOf(cloud)).toEqual([])
  })

  test('an unknown verdict is mended only when the documented statement is asked for', async () => {
    const condition = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }
    const cloud = cloudWith(policyText(ADMIN, { ...GUIDE, Condition: condition }))
    const aws = cloud.connect()

    const plan = await planPermissions(JOB, aws)
    const asked = await planPermissions(JOB, aws, { addDocumentedStatement: true })

    expect([plan.changes, plan.notFixed.length]).toEqual([[], 9])
    expect([asked.changes.length, asked.complete]).toEqual([1, true])
  })

  test('a key policy that would be too long is refused, and offered without its white space', async () => {
    const long = policyText(ADMIN).replace('{', `{${' '.repeat(32_500)}`)
    const cloud = cloudWith(long)
    const aws = cloud.connect()

    const plan = await planPermissions(JOB, aws)
    const compact = await planPermissions(JOB, aws, { compact: true })

    expect(plan.notFixed[0]?.why).toContain(
      'and the limit is 32,768; { compact: true } takes white space out',
    )
    expect(compact.complete).toBe(true)
    expect(String(compact)).toContain('all white space taken out')
  })

  test('inline policies over the quota of the role are refused', async () => {
    const cloud = cloudWith(policyText(DELEGATION))
    await putInline(
      cloud,
      'Big',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Sid: 'x'.repeat(10_000), Effect: 'Allow', Action: 's3:*', Resource: '*' },
      }),
    )

    const plan = await planPermissions(JOB, cloud.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toMatch(/ characters long, and the limit is 10,240;/)
  })

  test('a policy of the same name but of another making is left alone', async () => {
    const cloud = cloudWith(policyText(DELEGATION))
    const aws = cloud.connect()
    const [change] = (await planPermissions(JOB, aws)).changes
    if (change?.kind !== 'role-policy') throw new Error('a role policy is planned')
    await putInline(
      cloud,
      change.policyName,
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      }),
    )

    const plan = await planPermissions(JOB, aws)

    expect(plan.notFixed[0]?.why).toContain("is not of this library's making")
  })

  test('a wrong role ARN is put right before anything is granted', async () => {
    const cloud = cloudWith(policyText(ADMIN), { role: { path: '/' } })

    const plan = await planPermissions(JOB, cloud.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('the path is part of it')
  })

  test('of a role policy is not dropped for what a key policy statement would lose', async () => {
    const own = {
      ...GUIDE,
      Sid: await ourName(STATEMENT_PREFIX, ROLE, OUTPUT_KEY),
      Action: 'kms:Encrypt',
      Condition: FROM_ENDPOINT,
    }
    const cloud = cloudWith(policyText(ADMIN, own, { ...DELEGATION, Action: 'kms:CreateGrant' }))
    const job = resolvedJob({ volume: OUTPUT_KEY })

    const plan = await planPermissions(job, cloud.connect())

    expect(plan.changes).toMatchObject([{ kind: 'role-policy', actions: ['kms:CreateGrant'] }])
    expect(plan.notFixed.find(({ decision }) => decision.action === 'kms:Decrypt')?.why).toBe(
      'the change would take kms:Encrypt from the role',
    )
  })

  test('for a role linked to a service leaves its policies alone', async () => {
    const role = { name: 'AWSServiceRole', path: '/aws-service-role/sagemaker.amazonaws.com/' }
    const cloud = cloudWith(policyText(DELEGATION), { role })
    const RoleArn = `arn:aws:iam::111122223333:role${role.path}${role.name}`
    const job = { ...JOB, request: { ...JOB.request, RoleArn } }

    const plan = await planPermissions(job, cloud.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toBe(
      'the role is linked to a service of AWS, and only that service changes its policies',
    )
  })

  test('for a key of another account mends the side of the role, and prints the other', async () => {
    const cloud = cloudWith(undefined, { foreign: policyText(ADMIN) })
    const job = resolvedJob({ output: FOREIGN_KEY })
    const aws = cloud.connect()

    const plan = await planPermissions(job, aws)
    const error = await thrownBy(ensurePermissions(job, aws, { apply: true }))
    const unwritten = [...writesOf(cloud)]
    await thrownBy(ensurePermissions(job, aws, { apply: () => true }))

    expect(String(plan.report)).toContain(
      'needed for all 9 actions: an Allow in an IAM policy of the role, and a statement in the key policy that allows the role, in account 444455556666',
    )
    expect(plan.changes).toMatchObject([{ kind: 'role-policy', keyArn: FOREIGN_KEY }])
    expect(plan.complete).toBe(false)
    expect(plan.notFixed[0]).toMatchObject({
      why: 'it stays unknown; needed as well: a look at the key policy in account 444455556666',
      statementForKeyPolicy: { Principal: { AWS: ROLE }, Resource: '*' },
    })
    expect(error.code).toBe('permissions-not-met')
    expect(unwritten).toEqual([])
    expect(writesOf(cloud)).toEqual(['iam:PutRolePolicy'])
  })

  test('for a key of another account of which nothing can be read offers the side of the role on request', async () => {
    const cloud = cloudWith(undefined, { foreign: policyText(ADMIN) })
    cloud.inject({ call: 'kms:ListGrants', fault: 'access-denied', times: Number.POSITIVE_INFINITY })
    const job = resolvedJob({ output: FOREIGN_KEY })
    const aws = cloud.connect()

    const plan = await planPermissions(job, aws)
    const asked = await planPermissions(job, aws, { addDocumentedStatement: true })
    await putInline(
      cloud,
      'Use',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'kms:*', Resource: FOREIGN_KEY },
      }),
    )
    const mended = await planPermissions(job, aws, { addDocumentedStatement: true })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toBe(
      'whether that is allowed is not known; needed: an Allow in an IAM policy of the role (planned with { addDocumentedStatement: true }), and a look at the key policy in account 444455556666',
    )
    expect(asked.changes).toMatchObject([{ kind: 'role-policy', keyArn: FOREIGN_KEY }])
    expect(mended.changes).toEqual([])
    expect(mended.notFixed[0]?.why).toBe('the policy of the key is changed in its own account, 444455556666')
  })

  test('without white space keeps the numbers of other statements', async () => {
    const number = '"Condition": {"NumericEquals": {"x:y": 12345678901234567890}}'
    const text = policyText(ADMIN).replace(
      '"Resource": "*"',
      `"Resource": "*",${' '.repeat(32_500)}${number}`,
    )
    const cloud = cloudWith(text)

    const plan = await planPermissions(JOB, cloud.connect(), { compact: true })

    expect(plan.changes).toMatchObject([{ kind: 'key-policy', compact: true }])
    expect(plan.changes[0]).toMatchObject({
      after: expect.stringContaining('{"NumericEquals":{"x:y":12345678901234567890}}'),
    })
  })

  test('the documented statement is not planned where only a Deny is open', async () => {
    const deny = { ...DENY, Action: 'kms:*', Condition: FROM_ENDPOINT }
    const cloud = cloudWith(policyText(ADMIN, GUIDE, deny))

    const plan = await planPermissions(JOB, cloud.connect(), { addDocumentedStatement: true })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toBe(
      'it would still be unknown; needed: key-policy No changed so that it certainly spares the role, as no Allow outweighs a Deny',
    )
  })
})

import { describe, expect, test } from 'vitest'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import type { PolicyDocument } from '../../../src/permissions/policy/policy-document.js'
import { readRole } from '../../../src/permissions/read/read-role.js'
import { makeReader } from '../../../src/permissions/read/reader.js'
import {
  ADMIN,
  allowText,
  cloudWith,
  DELEGATION,
  FOREIGN_KEY,
  failing,
  GUIDE,
  JOB,
  NOW,
  OUTPUT_KEY,
  policyText,
  ROLE,
  resolvedJob,
  slept,
  TWO_KEY_JOB,
  writesOf,
} from '../labeling-account.js'

/** A statement by which somebody of another account may look the key up. */
const STRANGER = { ...ADMIN, Sid: 'Stranger', Principal: { AWS: 'arn:aws:iam::999988887777:root' } }

function trust(service: string, Condition?: object) {
  const Principal = { Service: `${service}.amazonaws.com` }
  const statement = { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } as const
  return {
    Version: '2012-10-17',
    Statement: [{ ...statement, ...(Condition && { Condition }) }],
  } as PolicyDocument
}

describe('checkPermissions', () => {
  test('a key with the statement of the guide lets the role do everything', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))

    const report = await checkPermissions(JOB, cloud.connect())

    expect({ ok: report.ok, essential: report.okForEssential, problems: report.problems }).toEqual({
      ok: true,
      essential: true,
      problems: [],
    })
    expect(report.decisions.map(({ action, verdict }) => [action, verdict])).toEqual(
      [
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKeyPair',
        'kms:GenerateDataKeyPairWithoutPlaintext',
      ].map((action) => [action, 'allowed']),
    )
    expect(writesOf(cloud)).toEqual([])
  })

  test('an output key is not judged on the way of volumes', async () => {
    const throughEc2 = {
      ...ADMIN,
      Sid: 'No EC2',
      Effect: 'Deny',
      Principal: '*',
      Condition: { StringEquals: { 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' } },
    }
    const cloud = cloudWith(policyText(ADMIN, GUIDE, throughEc2))
    const aws = cloud.connect()

    const output = await checkPermissions(JOB, aws)
    const both = await checkPermissions(resolvedJob({ output: OUTPUT_KEY, volume: OUTPUT_KEY }), aws)

    expect(output.ok).toBe(true)
    expect(output.decisions[0]?.paths.map(({ name }) => name)).toEqual(['direct', 'via-s3', 'via-sagemaker'])
    expect(both.decisions.find(({ action }) => action === 'kms:Decrypt')).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'paths-differ' }],
    })
  })

  test.each([
    [undefined, 'unknown'],
    [{ id: 'o-a1b2c3d4e5' }, 'allowed'],
    [{ id: 'o-b1b2c3d4e5' }, 'denied'],
    ['none', 'denied'],
  ] as const)(
    'a Deny on other organizations is decided by the one that is given: %o',
    async (organization, verdict) => {
      const foreign = {
        ...ADMIN,
        Sid: 'Only us',
        Effect: 'Deny',
        Principal: '*',
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      }
      const cloud = cloudWith(policyText(ADMIN, GUIDE, foreign))

      const report = await checkPermissions(JOB, cloud.connect(), {
        ...(organization && { organization }),
      })

      expect(new Set(report.decisions.map((one) => one.verdict))).toEqual(new Set([verdict]))
      expect(report.notCovered.includes('whether the organization is the one that was given')).toBe(
        organization !== undefined,
      )
    },
  )

  test('a path in the organization is known only when it is given', async () => {
    const unit = {
      ...GUIDE,
      Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/*' } },
    }
    const cloud = cloudWith(policyText(ADMIN, unit))
    const aws = cloud.connect()
    const check = async (path?: string) => {
      const organization = { id: 'o-a1b2c3d4e5', ...(path !== undefined && { path }) }
      return (await checkPermissions(JOB, aws, { organization })).ok
    }

    expect([await check(), await check('o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/')]).toEqual([false, true])
  })

  test.each([
    { id: 'a1b2c3d4e5' },
    { id: 'o-a1b2c3d4e5', path: 'o-b1b2c3d4e5/r-ab12/' },
    'o-a1b2c3d4e5',
    null,
  ])('refuses %o as an organization', async (organization) => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))

    const checking = checkPermissions(JOB, cloud.connect(), {
      organization: organization as never,
    })

    await expect(checking).rejects.toMatchObject({ code: 'refused-call' })
    expect(cloud.calls.names()).toEqual([])
  })

  test('one key for both purposes is read once and asked once', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    const job = resolvedJob({ output: OUTPUT_KEY, volume: OUTPUT_KEY })

    const report = await checkPermissions(job, cloud.connect())

    expect(cloud.calls.of('kms:GetKeyPolicy')).toHaveLength(1)
    expect(cloud.calls.of('kms:ListGrants')).toHaveLength(2)
    expect(report.decisions).toHaveLength(10)
    expect(report.decisions.find(({ verdict }) => verdict !== 'allowed')).toMatchObject({
      action: 'kms:CreateGrant',
      verdict: 'missing',
      requirement: { purposes: ['volume'], essential: true },
    })
  })

  test('policies on several pages, URL-encoded, are all read', async () => {
    const inline = Object.fromEntries(
      ['kms:Encrypt', 'kms:Decrypt', 'kms:*'].map((action) => [
        action.replace(/\W/g, ''),
        allowText(action, `${OUTPUT_KEY.slice(0, -1)}*`),
      ]),
    )
    const cloud = cloudWith(policyText(DELEGATION), { pageSize: 1, role: { inline } })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.ok).toBe(true)
    expect(cloud.calls.of('iam:ListRolePolicies')).toHaveLength(3)
  })

  test('grants on several pages are all read', async () => {
    const grants = ['Encrypt', 'Decrypt'].map((operation) => ({
      GrantId: operation,
      GranteePrincipal: ROLE,
      IssuingAccount: '111122223333',
      Operations: [operation],
    }))
    const cloud = cloudWith(policyText(ADMIN), { pageSize: 1, key: { grants } })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(
      report.decisions.filter(({ verdict }) => verdict === 'allowed').map(({ action }) => action),
    ).toEqual(['kms:Encrypt', 'kms:Decrypt'])
  })

  test.each([
    ['kms:GetKeyPolicy', 'unknown'],
    ['iam:ListRolePolicies', 'unknown'],
    ['iam:GetRole', 'unknown'],
    ['kms:ListGrants', 'allowed'],
  ])('a refused %s is reported, and Decrypt is %s', async (call, verdict) => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    cloud.inject({ call, fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const report = await checkPermissions(JOB, cloud.connect())

    expect([...new Set(report.unreadable.map(({ permissionNeeded }) => permissionNeeded))]).toEqual([call])
    expect(report.decisions.find(({ action }) => action === 'kms:Decrypt')?.verdict).toBe(verdict)
    expect(String(report)).toContain(`(needs ${call})`)
  })

  test('a throttled read is tried again after a pause', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    cloud.inject({ call: 'iam:GetRole', fault: 'throttle', times: 2 })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.ok).toBe(true)
    expect(slept(cloud)).toBe(3_000)
  })

  test('a read that fails for another reason is an error', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    failing(cloud, 'iam:GetRole', 'ServiceFailureException')

    const checked = checkPermissions(JOB, cloud.connect())

    await expect(checked).rejects.toMatchObject({ code: 'aws-unavailable' })
  })

  test('a boundary without kms makes every action missing, and says so', async () => {
    const boundary = JSON.parse(allowText('s3:*', '*'))
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { role: { boundary } })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(new Set(report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['missing']))
    expect(String(report)).toContain(
      `needed for all 9 actions: an Allow in the permissions boundary arn:aws:iam::111122223333:policy/GtExecBoundary@v1`,
    )
  })

  test.each([
    ['a role of another path', { path: '/' }, ['role-arn-wrong']],
    ['a role that IAM does not know', { name: 'Another' }, ['role-not-found']],
    ['a trust policy for another service', { trust: trust('lambda') }, ['trust-policy-lacks-sagemaker']],
    [
      'a trust policy under a condition',
      { trust: trust('sagemaker', { StringEquals: { 'sts:ExternalId': '1' } }) },
      ['trust-policy-unclear'],
    ],
  ] as const)('%s is a problem', async (_, role, codes) => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { role })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.problems.map(({ code }) => code)).toEqual(codes)
    expect(report.ok).toBe(codes[0] === 'trust-policy-unclear')
  })

  test('policies of a role made less than five minutes ago are not yet certain', async () => {
    const createdAt = new Date(NOW.getTime() - 60_000)
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { role: { createdAt } })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'propagating', since: '2026-11-23T11:59:00.000Z' }],
    })
  })

  test('a role of another account is not looked up under its name in the account of the caller', async () => {
    const cloud = cloudWith(policyText(ADMIN, STRANGER, GUIDE))

    const report = await checkPermissions(JOB, cloud.connect({ as: 'arn:aws:iam::999988887777:user/ops' }))

    expect(report.decisions[0]?.verdict).toBe('unknown')
    expect(report.problems).toEqual([])
  })

  test('aliases and tags of a key are read only when a condition asks for them', async () => {
    const Condition = {
      StringEquals: { 'aws:ResourceTag/team': 'vision' },
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/output' },
    }
    const cloud = cloudWith(policyText(DELEGATION), {
      key: { alias: 'alias/output', tags: { team: 'vision' } },
      role: { inline: { Abac: allowText('kms:*', '*', { Condition }) } },
    })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.ok).toBe(true)
    expect(cloud.calls.names().filter((call) => /Aliases|Tags/.test(call))).toEqual([
      'kms:ListAliases',
      'kms:ListResourceTags',
    ])
  })

  test('every source of two keys is read once', async () => {
    const policy = policyText(ADMIN, GUIDE)
    const document = JSON.parse(allowText('s3:*', '*'))
    const attached = ['One', 'Two'].map((name) => ({ name, document }))
    const cloud = cloudWith(policy, { volume: policy, role: { attached } })

    await checkPermissions(TWO_KEY_JOB, cloud.connect())

    expect([...cloud.calls.names()].sort()).toEqual(
      [
        'kms:DescribeKey',
        'kms:DescribeKey',
        'sts:GetCallerIdentity',
        'iam:GetRole',
        'iam:ListRolePolicies',
        'iam:ListAttachedRolePolicies',
        'kms:GetKeyPolicy',
        'kms:GetKeyPolicy',
        'kms:ListKeyPolicies',
        'kms:ListKeyPolicies',
        'kms:ListGrants',
        'kms:ListGrants',
        'kms:ListGrants',
        'kms:ListGrants',
        'iam:GetPolicy',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:GetPolicyVersion',
      ].sort(),
    )
  })
})

describe('a job that was resolved before', () => {
  test('is refused once its key can no longer be used', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { key: { state: 'PendingDeletion' } })

    await expect(checkPermissions(JOB, cloud.connect())).rejects.toMatchObject({
      code: 'key-pending-deletion',
    })
  })
})

describe('a check', () => {
  test('does not take a role that is deleted midway for one without policies', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    failing(cloud, 'iam:ListRolePolicies', 'NoSuchEntityException')

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.ok).toBe(false)
    expect(report.problems.map(({ code }) => code)).toEqual(['role-not-found'])
  })

  test('does not say that a role is absent where AWS does not say whose account was asked', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { role: { name: 'Another' } })
    cloud.inject({ call: 'sts:GetCallerIdentity', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.ok).toBe(false)
    expect(report.problems).toEqual([])
    expect(new Set(report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
  })

  test('takes no role of another account for the one of the job, also where AWS does not say who asks', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    const there = ROLE.replace('111122223333', '999988887777')

    const read = await readRole(there, Promise.resolve(undefined), makeReader(cloud.connect()))

    expect(read).toMatchObject({ arn: there, presence: 'unreadable', trustPolicy: 'UNREADABLE' })
    expect(read.identityPolicies).toEqual([{ name: 'identity-policies', policy: 'UNREADABLE' }])
  })

  test('does not ask for aliases and tags of a key of another account', async () => {
    const Condition = {
      StringEquals: { 'aws:ResourceTag/team': 'vision', 'kms:ResourceAliases': 'alias/gt' },
    }
    const inline = { Tagged: allowText('kms:*', '*', { Condition }) }
    const cloud = cloudWith(undefined, { foreign: policyText(ADMIN), role: { inline } })

    const report = await checkPermissions(resolvedJob({ output: FOREIGN_KEY }), cloud.connect())

    expect(cloud.calls.names().filter((call) => /Aliases|Tags/.test(call))).toEqual([])
    expect(report.decisions[0]?.verdict).toBe('unknown')
  })
})

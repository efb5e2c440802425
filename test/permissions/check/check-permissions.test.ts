import { describe, expect, test } from 'vitest'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import {
  ADMIN,
  awsError,
  DELEGATION,
  FOREIGN_KEY,
  GUIDE,
  JOB,
  NOW,
  OUTPUT_KEY,
  policyText,
  ROLE,
  resolvedJob,
  SmallAws,
  TWO_KEY_JOB,
  VOLUME_KEY,
  worldWith,
} from '../small-aws.js'

describe('checkPermissions', () => {
  test('a key with the statement of the guide lets the role do everything', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))

    const report = await checkPermissions(JOB, world.connect())

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
    expect(world.writes).toEqual([])
  })

  test('an output key is not judged on the way of volumes', async () => {
    const throughEc2 = {
      ...ADMIN,
      Sid: 'No EC2',
      Effect: 'Deny',
      Principal: '*',
      Condition: { StringEquals: { 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' } },
    }
    const world = worldWith(policyText(ADMIN, GUIDE, throughEc2))
    const aws = world.connect()

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
      const world = worldWith(policyText(ADMIN, GUIDE, foreign))

      const report = await checkPermissions(JOB, world.connect(), {
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
    const world = worldWith(policyText(ADMIN, unit))
    const aws = world.connect()
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
    const world = worldWith(policyText(ADMIN, GUIDE))

    const checking = checkPermissions(JOB, world.connect(), {
      organization: organization as never,
    })

    await expect(checking).rejects.toMatchObject({ code: 'refused-call' })
    expect(world.calls).toEqual([])
  })

  test('one key for both purposes is read once and asked once', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    const job = resolvedJob({ output: OUTPUT_KEY, volume: OUTPUT_KEY })

    const report = await checkPermissions(job, world.connect())

    expect(world.calls.filter((call) => call === 'GetKeyPolicy')).toHaveLength(1)
    expect(world.calls.filter((call) => call === 'ListGrants')).toHaveLength(2)
    expect(report.decisions).toHaveLength(10)
    expect(report.decisions.find(({ verdict }) => verdict !== 'allowed')).toMatchObject({
      action: 'kms:CreateGrant',
      verdict: 'missing',
      requirement: { purposes: ['volume'], essential: true },
    })
  })

  test('policies on several pages, URL-encoded, are all read', async () => {
    const world = new SmallAws()
    world.pageSize = 1
    world.policies.set(OUTPUT_KEY, policyText(DELEGATION))
    for (const action of ['kms:Encrypt', 'kms:Decrypt', 'kms:*'])
      world.inline.set(
        action.replace(/\W/g, ''),
        JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: action, Resource: `${OUTPUT_KEY.slice(0, -1)}*` },
        }),
      )

    const report = await checkPermissions(JOB, world.connect())

    expect(report.ok).toBe(true)
    expect(world.calls.filter((call) => call === 'ListRolePolicies')).toHaveLength(3)
  })

  test('grants on several pages are all read', async () => {
    const world = new SmallAws()
    world.pageSize = 1
    world.policies.set(OUTPUT_KEY, policyText(ADMIN))
    world.grants.set(
      OUTPUT_KEY,
      ['Encrypt', 'Decrypt'].map((operation) => ({
        GrantId: operation,
        GranteePrincipal: ROLE,
        IssuingAccount: '111122223333',
        Operations: [operation],
      })),
    )

    const report = await checkPermissions(JOB, world.connect())

    expect(
      report.decisions.filter(({ verdict }) => verdict === 'allowed').map(({ action }) => action),
    ).toEqual(['kms:Encrypt', 'kms:Decrypt'])
  })

  test.each([
    ['GetKeyPolicy', 'kms:GetKeyPolicy', 'unknown'],
    ['ListRolePolicies', 'iam:ListRolePolicies', 'unknown'],
    ['GetRole', 'iam:GetRole', 'unknown'],
    ['ListGrants', 'kms:ListGrants', 'allowed'],
  ])('a refused %s is reported with %s, and Decrypt is %s', async (call, permission, verdict) => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    world.before = (name) => {
      if (name === call) throw awsError('AccessDeniedException')
    }

    const report = await checkPermissions(JOB, world.connect())

    expect([...new Set(report.unreadable.map(({ permissionNeeded }) => permissionNeeded))]).toEqual([
      permission,
    ])
    expect(report.decisions.find(({ action }) => action === 'kms:Decrypt')?.verdict).toBe(verdict)
    expect(String(report)).toContain(`(needs ${permission})`)
  })

  test('a throttled read is tried again after a pause', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    let refusals = 2
    world.before = (name) => {
      if (name === 'GetRole' && refusals-- > 0) throw awsError('Throttling')
    }

    const report = await checkPermissions(JOB, world.connect())

    expect(report.ok).toBe(true)
    expect(world.slept).toBe(3_000)
  })

  test('a read that fails for another reason is an error', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    world.before = (name) => {
      if (name === 'GetRole') throw awsError('ServiceFailureException')
    }

    const checked = checkPermissions(JOB, world.connect())

    await expect(checked).rejects.toMatchObject({ code: 'aws-unavailable' })
  })

  test('a boundary without kms makes every action missing, and says so', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    world.boundary = 'arn:aws:iam::111122223333:policy/Bound'
    world.managed.set(
      world.boundary,
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      }),
    )

    const report = await checkPermissions(JOB, world.connect())

    expect(new Set(report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['missing']))
    expect(String(report)).toContain(
      `needed for all 9 actions: an Allow in the permissions boundary ${world.boundary}@v3`,
    )
  })

  test.each([
    [
      'a role of another path',
      (world: SmallAws) => {
        world.roleArn = 'arn:aws:iam::111122223333:role/GtExec'
      },
      ['role-arn-wrong'],
    ],
    [
      'a role that IAM does not know',
      (world: SmallAws) => {
        world.before = (name) => {
          if (name === 'GetRole' || (name.startsWith('List') && name.includes('Role')))
            throw awsError('NoSuchEntityException')
        }
      },
      ['role-not-found'],
    ],
    [
      'a trust policy for another service',
      (world: SmallAws) => {
        world.trust = world.trust.replace('sagemaker', 'lambda')
      },
      ['trust-policy-lacks-sagemaker'],
    ],
    [
      'a trust policy under a condition',
      (world: SmallAws) => {
        world.trust = world.trust.replace(
          '"Action"',
          '"Condition":{"StringEquals":{"aws:SourceAccount":"1"}},"Action"',
        )
      },
      ['trust-policy-unclear'],
    ],
  ] as const)('%s is a problem', async (_, change, codes) => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    change(world)

    const report = await checkPermissions(JOB, world.connect())

    expect(report.problems.map(({ code }) => code)).toEqual(codes)
    expect(report.ok).toBe(codes[0] === 'trust-policy-unclear')
  })

  test('policies of a role made less than five minutes ago are not yet certain', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    world.roleCreated = new Date(NOW.getTime() - 60_000)

    const report = await checkPermissions(JOB, world.connect())

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'propagating', since: '2026-11-23T11:59:00.000Z' }],
    })
  })

  test('a role of another account is not looked up under its name in the account of the caller', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    world.caller = 'arn:aws:iam::999988887777:user/ops'

    const report = await checkPermissions(JOB, world.connect())

    expect(report.decisions[0]?.verdict).toBe('unknown')
    expect(report.problems).toEqual([])
  })

  test('aliases and tags of a key are read only when a condition asks for them', async () => {
    const world = worldWith(policyText(DELEGATION))
    const condition = {
      StringEquals: { 'aws:ResourceTag/team': 'vision' },
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/output' },
    }
    world.inline.set(
      'Abac',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition: condition },
      }),
    )

    const report = await checkPermissions(JOB, world.connect())

    expect(report.ok).toBe(true)
    expect(world.calls.filter((call) => /Aliases|Tags/.test(call))).toEqual([
      'ListAliases',
      'ListResourceTags',
    ])
  })

  test('every source of two keys is read once', async () => {
    const world = new SmallAws()
    world.attached = ['arn:aws:iam::aws:policy/One', 'arn:aws:iam::aws:policy/Two']
    for (const arn of world.attached)
      world.managed.set(arn, JSON.stringify({ Version: '2012-10-17', Statement: [] }))
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, GUIDE))
    world.policies.set(VOLUME_KEY, policyText(ADMIN, GUIDE))

    await checkPermissions(TWO_KEY_JOB, world.connect())

    expect([...world.calls].sort()).toEqual(
      [
        'DescribeKey',
        'DescribeKey',
        'GetCallerIdentity',
        'GetRole',
        'ListRolePolicies',
        'ListAttachedRolePolicies',
        'GetKeyPolicy',
        'GetKeyPolicy',
        'ListKeyPolicies',
        'ListKeyPolicies',
        'ListGrants',
        'ListGrants',
        'ListGrants',
        'ListGrants',
        'GetPolicy',
        'GetPolicy',
        'GetPolicyVersion',
        'GetPolicyVersion',
      ].sort(),
    )
  })
})

describe('a job that was resolved before', () => {
  test('is refused once its key can no longer be used', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    world.keyFacts = { KeyState: 'PendingDeletion' }

    await expect(checkPermissions(JOB, world.connect())).rejects.toMatchObject({
      code: 'key-pending-deletion',
    })
  })
})

describe('a check', () => {
  test('does not take a role that is deleted midway for one without policies', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    world.before = (call) => {
      if (call === 'ListRolePolicies') throw awsError('NoSuchEntityException')
    }

    const report = await checkPermissions(JOB, world.connect())

    expect(report.ok).toBe(false)
    expect(report.problems.map(({ code }) => code)).toEqual(['role-not-found'])
  })

  test('does not ask for aliases and tags of a key of another account', async () => {
    const world = new SmallAws()
    const Condition = {
      StringEquals: { 'aws:ResourceTag/team': 'vision', 'kms:ResourceAliases': 'alias/gt' },
    }
    world.inline.set(
      'Tagged',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition },
      }),
    )

    const report = await checkPermissions(resolvedJob({ output: FOREIGN_KEY }), world.connect())

    expect(world.calls.filter((call) => call === 'ListAliases' || call === 'ListResourceTags')).toEqual([])
    expect(report.decisions[0]?.verdict).toBe('unknown')
  })
})

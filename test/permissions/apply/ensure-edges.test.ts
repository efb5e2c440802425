import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { ourName, STATEMENT_PREFIX } from '../../../src/permissions/plan/our-names.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  awsError,
  DELEGATION,
  GUIDE,
  NOW,
  OUTPUT_KEY,
  policyText,
  ROLE,
  resolvedJob,
  SmallAws,
  thrownBy,
  VOLUME_KEY,
} from '../small-aws.js'

const JOB = resolvedJob({ output: OUTPUT_KEY })
const BOTH = resolvedJob({ output: OUTPUT_KEY, volume: VOLUME_KEY })
const FOREIGN_KEY = OUTPUT_KEY.replace('111122223333', '444455556666')
const DENY = { ...ADMIN, Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt' }
const FROM_ENDPOINT = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }

function worldWith(output: string, volume?: string): SmallAws {
  const world = new SmallAws()
  world.policies.set(OUTPUT_KEY, output)
  if (volume !== undefined) world.policies.set(VOLUME_KEY, volume)
  return world
}

describe('what was written', () => {
  test('to a role is given a minute before it is said to count', async () => {
    const world = worldWith(policyText(DELEGATION))

    const ensured = await ensurePermissions(JOB, world.connect(), { apply: true })

    expect(ensured.report.ok).toBe(true)
    // Three reads, and the rest of a minute after them.
    expect(world.slept).toBe(63_000)
  })

  test('for a role made just now is given five minutes', async () => {
    const world = worldWith(policyText(ADMIN))
    world.roleCreated = new Date(NOW.getTime() - 60_000)

    const ensured = await ensurePermissions(JOB, world.connect(), { apply: true })

    expect(ensured.report.ok).toBe(true)
    expect(world.slept).toBe(4 * 60_000)
  })

  test('and does not show up is unknown, not missing, and the message says to wait', async () => {
    const world = worldWith(policyText(ADMIN))
    world.slowReads = 200

    const error = await thrownBy(ensurePermissions(JOB, world.connect(), { apply: true }))

    expect(new Set(error.data.report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    expect(error.fix).toBe(
      'Wait some minutes, and check again. One change was written; see error.data.report for what is left, and undo(error.data.undo, aws) to take back what was written',
    )
  })

  test('before a failure is said in the message', async () => {
    const world = worldWith(policyText(ADMIN), policyText(DELEGATION))
    const aws = world.connect()
    const plan = await planPermissions(BOTH, aws)
    world.before = (name) => {
      if (name === 'PutRolePolicy') throw awsError('AccessDenied')
    }

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.message).toContain(
      'One change is in place, or may be: undo(error.data.undo, aws) takes back what was written.',
    )
  })
})

describe('a grant made a minute ago', () => {
  function worldWithGrant(...operations: readonly string[]): SmallAws {
    const world = worldWith(policyText(ADMIN, { ...GUIDE, Action: 'kms:GenerateDataKeyPair' }))
    const CreationDate = new Date(NOW.getTime() - 60_000)
    const grant = { GrantId: 'g', GranteePrincipal: ROLE, IssuingAccount: '111122223333', CreationDate }
    world.grants.set(OUTPUT_KEY, [{ ...grant, Operations: [...operations] }])
    return world
  }
  const ALL = [
    'DescribeKey',
    'Encrypt',
    'Decrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'ReEncryptFrom',
    'ReEncryptTo',
    'GenerateDataKeyPair',
  ]

  test.each([
    [[...ALL, 'GenerateDataKeyPairWithoutPlaintext'], []],
    [ALL, ['PutKeyPolicy']],
  ])('is waited for with apply, whatever else is written', async (operations, writes) => {
    const world = worldWithGrant(...operations)

    const ensured = await ensurePermissions(JOB, world.connect(), { apply: true })

    expect(ensured.report.ok).toBe(true)
    expect(world.slept).toBe(4 * 60_000)
    expect(world.writes).toEqual(writes)
  })
})

describe('a new role that needs nothing more', () => {
  test('is unknown for five minutes, and waited for with apply', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    world.roleCreated = new Date(NOW.getTime() - 60_000)

    const error = await thrownBy(ensurePermissions(JOB, world.connect()))
    const ensured = await ensurePermissions(JOB, world.connect(), { apply: true })

    expect(error.fix).toBe('Wait some minutes, and check again')
    expect((await planPermissions(JOB, world.connect(), { addDocumentedStatement: true })).changes).toEqual(
      [],
    )
    expect({ ...ensured, report: ensured.report.ok }).toEqual({ report: true, done: [] })
    expect(world.writes).toEqual([])
  })
})

describe('a new role that nobody may assume', () => {
  test('is put right as well as waited for', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    world.roleCreated = new Date(NOW.getTime() - 10_000)
    world.trust = '{"Version":"2012-10-17","Statement":[]}'

    const error = await thrownBy(ensurePermissions(JOB, world.connect()))

    expect(error.fix).toBe(
      'Allow sts:AssumeRole for the service sagemaker.amazonaws.com in the trust policy. Wait some minutes, and check again',
    )
  })
})

describe('apply', () => {
  test('false writes nothing', async () => {
    const world = worldWith(policyText(ADMIN))

    const error = await thrownBy(ensurePermissions(JOB, world.connect(), { apply: false }))

    expect(error.code).toBe('permissions-not-met')
    expect(world.writes).toEqual([])
  })

  test('true with the documented statement writes no plan that leaves a Deny in the way', async () => {
    const world = worldWith(policyText(ADMIN, DENY, { ...GUIDE, Condition: FROM_ENDPOINT }))
    const options = { addDocumentedStatement: true, apply: true }

    const error = await thrownBy(ensurePermissions(JOB, world.connect(), options))

    expect(error.data.plan.changes).toHaveLength(1)
    expect(error.fix).toContain(
      '{ apply: true } writes only what makes everything allowed: print error.data.plan, and pass a function as apply to have the part written',
    )
    expect(world.writes).toEqual([])
  })

  test('true with the documented statement writes nothing to a job whose role nobody may assume', async () => {
    const world = worldWith(policyText(ADMIN, { ...GUIDE, Condition: FROM_ENDPOINT }))
    world.trust = '{"Version":"2012-10-17","Statement":[]}'
    const options = { addDocumentedStatement: true, apply: true }

    const error = await thrownBy(ensurePermissions(JOB, world.connect(), options))

    expect(String(error.data.plan)).toContain(
      `error: The trust policy of ${ROLE}: it does not let sagemaker.amazonaws.com assume the role.`,
    )
    expect(error.message).toContain(`The trust policy of ${ROLE}: it does not let`)
    expect(world.writes).toEqual([])
  })

  test('the documented statement is not planned where only a Deny is open', async () => {
    const deny = { ...DENY, Action: 'kms:*', Condition: FROM_ENDPOINT }
    const world = worldWith(policyText(ADMIN, GUIDE, deny))

    const plan = await planPermissions(JOB, world.connect(), { addDocumentedStatement: true })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toBe(
      'it would still be unknown; needed: key-policy No changed so that it certainly spares the role, as no Allow outweighs a Deny',
    )
  })
})

describe('a plan', () => {
  test.each([
    ['role', policyText(DELEGATION), `the role ${ROLE}`],
    ['key', policyText(ADMIN), `the key ${OUTPUT_KEY}`],
  ])('is not applied with credentials of another account: %s', async (_, policy, what) => {
    const world = worldWith(policy)
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    world.caller = 'arn:aws:iam::999988887777:user/ops'

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.message).toBe(
      `Cannot change ${what}: the plan was made for account 111122223333, and the credentials are of account 999988887777. Use the credentials that the plan was made with; nothing was written.`,
    )
    expect(world.writes).toEqual([])
  })

  test('is not applied in another region', async () => {
    const world = worldWith(policyText(DELEGATION))
    const plan = await planPermissions(JOB, world.connect())
    const elsewhere = { ...plan, report: { ...plan.report, region: 'eu-west-1' } }

    await expect(applyPlan(elsewhere, world.connect())).rejects.toThrow(
      'the plan was made in eu-west-1, and the connection is to us-east-1',
    )
    expect(world.writes).toEqual([])
  })

  test('of a role policy is not dropped for what a key policy statement would lose', async () => {
    const own = {
      ...GUIDE,
      Sid: await ourName(STATEMENT_PREFIX, ROLE),
      Action: 'kms:Encrypt',
      Condition: FROM_ENDPOINT,
    }
    const world = worldWith(policyText(ADMIN, own, { ...DELEGATION, Action: 'kms:CreateGrant' }))
    const job = resolvedJob({ volume: OUTPUT_KEY })

    const plan = await planPermissions(job, world.connect())

    expect(plan.changes).toMatchObject([{ kind: 'role-policy', actions: ['kms:CreateGrant'] }])
    expect(plan.notFixed.find(({ decision }) => decision.action === 'kms:Decrypt')?.why).toBe(
      'the change would take kms:Encrypt from the role',
    )
  })

  test('is not mistaken: a report is none', async () => {
    await expect(applyPlan({} as never, new SmallAws().connect())).rejects.toThrow(
      'this is no plan: give what planPermissions() gives',
    )
  })

  test('for a role linked to a service leaves its policies alone', async () => {
    const world = worldWith(policyText(DELEGATION))
    world.roleArn = 'arn:aws:iam::111122223333:role/aws-service-role/sagemaker.amazonaws.com/AWSServiceRole'
    const job = { ...JOB, request: { ...JOB.request, RoleArn: world.roleArn } }

    const plan = await planPermissions(job, world.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toBe(
      'the role is linked to a service of AWS, and only that service changes its policies',
    )
  })

  test('replaces its own statement when the role was made anew, and undo takes it out', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const first = await ensurePermissions(JOB, aws, { apply: true })
    // So KMS shows it once the role is deleted.
    const orphaned = (world.policies.get(OUTPUT_KEY) ?? '').replace(ROLE, 'AROAEXAMPLEOLD000001')
    world.policies.set(OUTPUT_KEY, orphaned)

    const plan = await planPermissions(JOB, aws)
    const { report, undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    const written = JSON.parse(world.policies.get(OUTPUT_KEY) ?? '').Statement
    if (info === undefined) throw new Error('something was written')
    const { undone } = await undo(info, aws)

    expect(first.report.ok).toBe(true)
    expect(report.ok).toBe(true)
    expect(written).toEqual([ADMIN, { ...GUIDE, Sid: expect.stringMatching(/^SmGroundTruthUse/) }])
    expect(String(plan)).toContain('  -     "AWS": "AROAEXAMPLEOLD000001"\n  +     "AWS": "arn:aws:iam')
    expect(plan.warnings).toEqual([
      'AROAEXAMPLEOLD000001 is the id of a deleted principal; undo() does not put it back',
    ])
    expect(undone).toHaveLength(1)
    expect(world.policies.get(OUTPUT_KEY)).toBe(policyText(ADMIN))
  })

  test('for a key of another account mends the side of the role, and prints the other', async () => {
    const world = new SmallAws()
    const job = resolvedJob({ output: FOREIGN_KEY })
    const aws = world.connect()

    const plan = await planPermissions(job, aws)
    const error = await thrownBy(ensurePermissions(job, aws, { apply: true }))
    const unwritten = [...world.writes]
    await thrownBy(ensurePermissions(job, aws, { apply: () => true }))

    expect(String(plan.report)).toContain(
      'needed for all 9 actions: an Allow in an IAM policy of the role, and a statement in the key policy that allows the role, in account 444455556666',
    )
    expect(plan.changes).toMatchObject([{ kind: 'role-policy', keyArn: FOREIGN_KEY }])
    expect(plan.complete).toBe(false)
    expect(plan.notFixed[0]).toMatchObject({
      why: 'it stays unknown; needed as well: a look at the key policy in account 444455556666',
      statementForKeyPolicy: { Principal: { AWS: ROLE } },
    })
    expect(error.code).toBe('permissions-not-met')
    expect(unwritten).toEqual([])
    expect(world.writes).toEqual(['PutRolePolicy'])
  })

  test('for a key of another account of which nothing can be read offers the side of the role on request', async () => {
    const world = new SmallAws()
    world.before = (name) => {
      if (name === 'ListGrants') throw awsError('AccessDeniedException')
    }
    const job = resolvedJob({ output: FOREIGN_KEY })
    const aws = world.connect()

    const plan = await planPermissions(job, aws)
    const asked = await planPermissions(job, aws, { addDocumentedStatement: true })
    world.inline.set(
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
    const world = worldWith(text)

    const plan = await planPermissions(JOB, world.connect(), { compact: true })

    expect(plan.changes).toMatchObject([{ kind: 'key-policy', compact: true }])
    expect(plan.changes[0]).toMatchObject({
      after: expect.stringContaining('{"NumericEquals":{"x:y":12345678901234567890}}'),
    })
  })

  test('meets a text that is no JSON with the news of what was done', async () => {
    const world = worldWith(policyText(ADMIN), policyText(DELEGATION))
    const aws = world.connect()
    const plan = await planPermissions(BOTH, aws)
    world.after = (name) => {
      if (name === 'PutRolePolicy') for (const policy of world.inline.keys()) world.inline.set(policy, 'x')
    }

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-lost-update')
    expect(error.data.done).toHaveLength(1)
    expect(error.data.undo?.entries.map(({ kind }) => kind)).toEqual(['key-policy', 'role-policy'])
  })

  test('says what to do when the key policy is full', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    world.before = (name) => {
      if (name === 'PutKeyPolicy') throw awsError('LimitExceededException')
    }

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.fix).toContain('AWS does not raise this limit')
  })
})

describe('undo', () => {
  async function undoInfo(world: SmallAws) {
    const { undo: info } = await ensurePermissions(JOB, world.connect(), { apply: true })
    if (info === undefined) throw new Error('something was written')
    return info
  }

  test.each([undefined, 'text', {}, { entries: [] }])('refuses %o', async (info) => {
    await expect(undo(info as never, new SmallAws().connect())).rejects.toThrow('this is no undo information')
  })

  test('refuses another region, and credentials of another account', async () => {
    const world = worldWith(policyText(ADMIN))
    const info = await undoInfo(world)
    const writes = world.writes.length

    await expect(undo({ ...info, region: 'eu-west-1' }, world.connect())).rejects.toThrow(
      'the changes were made in eu-west-1, and the connection is to us-east-1',
    )
    world.caller = 'arn:aws:iam::999988887777:user/ops'
    await expect(undo(info, world.connect())).rejects.toThrow(
      'the changes are taken back from account 111122223333, and the credentials are of account 999988887777',
    )
    expect(world.writes).toHaveLength(writes)
  })

  test('of a grant is taken from the account of the key as well as from the one that made it', async () => {
    const entry = { kind: 'grant', keyArn: FOREIGN_KEY, grantId: 'g' } as const
    const info = {
      region: 'us-east-1',
      at: '',
      caller: 'arn:aws:sts::111122223333:assumed-role/Ops/me',
      entries: [entry],
    }
    const world = new SmallAws()
    const outcomes = []

    for (const account of ['111122223333', '444455556666', '999988887777']) {
      world.caller = `arn:aws:iam::${account}:user/ops`
      outcomes.push(
        await undo(info, world.connect()).then(
          ({ undone }) => undone.length,
          (thrown) => thrown.why,
        ),
      )
    }

    expect(outcomes).toEqual([
      1,
      1,
      'the changes are taken back from account 444455556666 or 111122223333, and the credentials are of account 999988887777',
    ])
  })

  test('leaves the last statement of a policy, which KMS would not do without', async () => {
    const orphan = { ...ADMIN, Principal: { AWS: 'AIDAEXAMPLEOLD000001' } }
    const world = worldWith(policyText(orphan))
    const { undo: info } = await ensurePermissions(JOB, world.connect(), {
      removeDeletedPrincipals: true,
      apply: true,
    })
    if (info === undefined) throw new Error('something was written')

    const { undone, kept: left } = await undo(info, world.connect())

    expect(undone).toEqual([])
    expect(left.map(({ why }) => why)).toEqual(['it cannot be changed safely: no statement would be left'])
  })

  test.each(['GetKeyPolicy', 'PutKeyPolicy', 'GetCallerIdentity'])(
    'is patient when %s comes too fast',
    async (call) => {
      const world = worldWith(policyText(ADMIN))
      const info = await undoInfo(world)
      let refusals = 2
      world.before = (name) => {
        if (name === call && refusals-- > 0) throw awsError('ThrottlingException')
      }

      const { undone } = await undo(info, world.connect())

      expect(undone).toHaveLength(1)
      expect(world.policies.get(OUTPUT_KEY)).toBe(policyText(ADMIN))
    },
  )

  test('says what is left when a grant cannot be revoked', async () => {
    const world = worldWith(policyText(ADMIN, { ...GUIDE, Action: 'kms:GenerateDataKeyPair*' }))
    const aws = world.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { prefer: 'grant', apply: true })
    if (info === undefined) throw new Error('something was written')
    world.before = (name) => {
      if (name === 'RevokeGrant') throw awsError('AccessDeniedException')
    }

    const error = await thrownBy(undo(info, aws))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.data.undo).toEqual(info)
  })
})

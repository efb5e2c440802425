import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
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

const OUTPUT_JOB = resolvedJob({ output: OUTPUT_KEY })
const VOLUME_JOB = resolvedJob({ output: OUTPUT_KEY, volume: VOLUME_KEY })

function worldWith(output: string, volume?: string): SmallAws {
  const world = new SmallAws()
  world.policies.set(OUTPUT_KEY, output)
  if (volume !== undefined) world.policies.set(VOLUME_KEY, volume)
  return world
}

describe('ensurePermissions', () => {
  test('writes nothing and throws with report and plan when something is missing', async () => {
    const world = worldWith(policyText(ADMIN))

    const error = await thrownBy(ensurePermissions(OUTPUT_JOB, world.connect()))

    expect(error).toMatchObject({ name: 'LabelingJobError', code: 'permissions-not-met' })
    expect(error.code).toBe('permissions-not-met')
    expect(error.data.report.ok).toBe(false)
    expect(error.data.plan.complete).toBe(true)
    expect(error.message).toContain(`on ${OUTPUT_KEY} missing: all 9 actions`)
    expect(error.message).toContain('Nothing was written')
    expect(world.writes).toEqual([])
  })

  test('gives the report and writes nothing when all is allowed', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))

    const ensured = await ensurePermissions(OUTPUT_JOB, world.connect(), { apply: true })

    expect({ ...ensured, report: ensured.report.ok }).toEqual({ report: true, done: [] })
    expect(world.writes).toEqual([])
  })

  test('puts its own statement into a key policy that does not delegate, and undo restores every byte', async () => {
    const before = policyText(ADMIN)
    const world = worldWith(before)
    const aws = world.connect()

    const ensured = await ensurePermissions(OUTPUT_JOB, aws, { apply: true })
    const after = world.policies.get(OUTPUT_KEY) ?? ''
    const undone = await undo(JSON.parse(JSON.stringify(ensured.undo)), aws)

    expect(ensured.report.ok).toBe(true)
    expect(ensured.done.map(({ status: state }) => state)).toEqual(['verified'])
    expect(JSON.parse(after).Statement).toEqual([
      ADMIN,
      { ...GUIDE, Sid: expect.stringMatching(/^SmGroundTruthUse[0-9a-f]{8}$/) },
    ])
    expect(undone.undone).toHaveLength(1)
    expect(world.policies.get(OUTPUT_KEY)).toBe(before)
  })

  test('puts an inline policy on the role where the key policy delegates, and undo deletes it', async () => {
    const world = worldWith(policyText(DELEGATION), policyText(DELEGATION, GUIDE))
    const aws = world.connect()

    const ensured = await ensurePermissions(VOLUME_JOB, aws, { apply: true })
    const documents = [...world.inline].map(([name, text]) => [name, JSON.parse(text).Statement])
    await undo(ensured.undo ?? { region: '', at: '', caller: '', entries: [] }, aws)

    expect(documents).toEqual([
      [
        expect.stringMatching(/^SmGroundTruthKms-[0-9a-f]{8}$/),
        [
          {
            Sid: 'SmGroundTruthKms',
            Effect: 'Allow',
            Action: expect.arrayContaining(['kms:Decrypt']),
            Resource: OUTPUT_KEY,
          },
        ],
      ],
      [
        expect.stringMatching(/^SmGroundTruthKms-[0-9a-f]{8}$/),
        [{ Sid: 'SmGroundTruthKms', Effect: 'Allow', Action: ['kms:CreateGrant'], Resource: VOLUME_KEY }],
      ],
    ])
    expect([...world.inline]).toEqual([])
  })

  test('as the guide shows it, key actions go into the key policy and CreateGrant onto the role', async () => {
    const world = worldWith(policyText(DELEGATION), policyText(DELEGATION))

    const plan = await planPermissions(VOLUME_JOB, world.connect(), { prefer: 'guide' })

    expect(plan.changes.map(({ kind, keyArn }) => [kind, keyArn])).toEqual([
      ['key-policy', OUTPUT_KEY],
      ['key-policy', VOLUME_KEY],
      ['role-policy', VOLUME_KEY],
    ])
    expect(plan.complete).toBe(true)
    expect(world.writes).toEqual([])
  })

  test('a grant takes what a grant can, and undo revokes it', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()

    const plan = await planPermissions(OUTPUT_JOB, aws, { prefer: 'grant' })
    const applied = await applyPlan(plan, aws)
    const again = await applyPlan(plan, aws)
    const made = world.grants.get(OUTPUT_KEY)
    await undo(applied.undo, aws)

    expect(plan.changes.map(({ kind }) => kind)).toEqual(['key-policy', 'grant'])
    expect(made).toHaveLength(1)
    expect(made?.[0]).toMatchObject({
      GranteePrincipal: ROLE,
      Operations: expect.arrayContaining(['Decrypt']),
    })
    expect(again.done.map(({ status: state }) => state)).toEqual(['already-there', 'already-there'])
    expect(again.undo.entries).toEqual([])
    expect(world.grants.get(OUTPUT_KEY)).toEqual([])
    expect(world.policies.get(OUTPUT_KEY)).toBe(policyText(ADMIN))
  })

  test.each([
    [false, 'permissions-plan-refused', 0],
    [true, undefined, 1],
  ] as const)('asks with the plan and does as it is told: %s', async (agreed, code, writes) => {
    const world = worldWith(policyText(ADMIN))
    const shown: string[] = []
    const apply = (plan: object) => {
      shown.push(String(plan))
      return agreed
    }

    const result = await ensurePermissions(OUTPUT_JOB, world.connect(), { apply }).catch((error) => error)

    expect(result.code).toBe(code)
    expect(shown).toHaveLength(1)
    expect(shown[0]).toContain('  + {\n  +   "Sid": "SmGroundTruthUse')
    expect(shown[0]).toContain('after: 9 of 9 actions allowed')
    expect(world.writes).toHaveLength(writes)
  })

  test('half a mend is not written', async () => {
    const deny = { Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }
    const world = worldWith(policyText(ADMIN, deny))

    const error = await thrownBy(ensurePermissions(OUTPUT_JOB, world.connect(), { apply: true }))

    expect(error.data.plan.notFixed.map(({ decision, why }) => [decision.action, why])).toEqual([
      [
        'kms:Decrypt',
        'a Deny stands against it; needed: key-policy No taken away, as no Allow outweighs a Deny',
      ],
    ])
    expect(error.data.plan.complete).toBe(false)
    expect(error.data.plan.changes[0]).toMatchObject({
      actions: expect.not.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']),
    })
    expect(world.writes).toEqual([])
  })

  test('an unknown verdict is mended only when the documented statement is asked for', async () => {
    const condition = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }
    const world = worldWith(policyText(ADMIN, { ...GUIDE, Condition: condition }))
    const aws = world.connect()

    const plan = await planPermissions(OUTPUT_JOB, aws)
    const asked = await planPermissions(OUTPUT_JOB, aws, { addDocumentedStatement: true })

    expect([plan.changes, plan.notFixed.length]).toEqual([[], 9])
    expect([asked.changes.length, asked.complete]).toEqual([1, true])
  })

  test('an orphaned id in the key policy stops the plan', async () => {
    const orphan = { ...GUIDE, Sid: 'Old', Principal: { AWS: 'AROAEXAMPLEOLD000001' } }
    const world = worldWith(policyText(ADMIN, orphan))

    const plan = await planPermissions(OUTPUT_JOB, world.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('AROAEXAMPLEOLD000001')
  })

  test('a key policy that would be too long is refused, and offered without its white space', async () => {
    const long = policyText(ADMIN).replace('{', `{${' '.repeat(32_500)}`)
    const world = worldWith(long)
    const aws = world.connect()

    const plan = await planPermissions(OUTPUT_JOB, aws)
    const compact = await planPermissions(OUTPUT_JOB, aws, { compact: true })

    expect(plan.notFixed[0]?.why).toContain(
      'and the limit is 32,768; { compact: true } takes white space out',
    )
    expect(compact.complete).toBe(true)
    expect(String(compact)).toContain('all white space taken out')
  })

  test('inline policies over the quota of the role are refused', async () => {
    const world = worldWith(policyText(DELEGATION))
    world.inline.set(
      'Big',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Sid: 'x'.repeat(10_000), Effect: 'Allow', Action: 's3:*', Resource: '*' },
      }),
    )

    const plan = await planPermissions(OUTPUT_JOB, world.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toMatch(/ characters long, and the limit is 10,240;/)
  })

  test('a policy of the same name but of another making is left alone', async () => {
    const world = worldWith(policyText(DELEGATION))
    const aws = world.connect()
    const [change] = (await planPermissions(OUTPUT_JOB, aws)).changes
    if (change?.kind !== 'role-policy') throw new Error('a role policy is planned')
    world.inline.set(
      change.policyName,
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      }),
    )

    const plan = await planPermissions(OUTPUT_JOB, aws)

    expect(plan.notFixed[0]?.why).toContain("is not of this library's making")
  })

  test('the policy of a key of another account is printed for its administrator', async () => {
    const foreign = OUTPUT_KEY.replace('111122223333', '444455556666')
    const world = new SmallAws()
    world.policies.set(foreign, policyText(ADMIN))

    const plan = await planPermissions(resolvedJob({ output: foreign }), world.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.statementForKeyPolicy).toMatchObject({
      Principal: { AWS: ROLE },
      Resource: '*',
    })
  })

  test('a wrong role ARN is put right before anything is granted', async () => {
    const world = worldWith(policyText(ADMIN))
    world.roleArn = 'arn:aws:iam::111122223333:role/GtExec'

    const plan = await planPermissions(OUTPUT_JOB, world.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('the path is part of it')
  })
})

describe('applyPlan', () => {
  test('refuses a stale plan before it writes', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(OUTPUT_JOB, aws)
    world.policies.set(
      OUTPUT_KEY,
      policyText(ADMIN, { ...GUIDE, Sid: 'New', Principal: { AWS: '999988887777' } }),
    )

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-stale-plan')
    expect(world.writes).toEqual([])
  })

  test('writes onto other bytes of the same meaning', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(OUTPUT_JOB, aws)
    world.policies.set(OUTPUT_KEY, JSON.stringify(JSON.parse(policyText(ADMIN))))

    await applyPlan(plan, aws)

    expect(world.policies.get(OUTPUT_KEY)).not.toContain('\n')
    expect(JSON.parse(world.policies.get(OUTPUT_KEY) ?? '').Statement).toHaveLength(2)
  })

  test('ensure plans again when the policy changes under its hands', async () => {
    const world = worldWith(policyText(ADMIN))
    let changes = 2
    world.after = (name) => {
      if (name === 'ListGrants' && changes-- > 0)
        world.policies.set(
          OUTPUT_KEY,
          policyText(ADMIN, { ...DELEGATION, Sid: `Change${changes}`, Action: 'kms:List*' }),
        )
    }

    const ensured = await ensurePermissions(OUTPUT_JOB, world.connect(), { apply: true })

    expect(ensured.report.ok).toBe(true)
    expect(
      JSON.parse(world.policies.get(OUTPUT_KEY) ?? '').Statement.map(({ Sid }: { Sid: string }) => Sid),
    ).toEqual(['Admin', 'Change0', expect.stringMatching(/^SmGroundTruthUse/)])
  })

  test('reports a lost update and does not write again', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(OUTPUT_JOB, aws)
    const theirs = policyText(ADMIN, { ...GUIDE, Sid: 'Theirs', Principal: { AWS: '999988887777' } })
    world.after = (name) => {
      if (name === 'PutKeyPolicy') world.policies.set(OUTPUT_KEY, theirs)
    }

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-lost-update')
    expect(error.data).toMatchObject({ base: policyText(ADMIN), found: theirs, done: [] })
    expect(world.writes).toEqual(['PutKeyPolicy'])
    expect(world.policies.get(OUTPUT_KEY)).toBe(theirs)
  })

  test('a timeout after the write is not written twice', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(OUTPUT_JOB, aws)
    world.after = (name) => {
      if (name === 'PutKeyPolicy') throw awsError('TimeoutError')
    }

    const { done, undo: info } = await applyPlan(plan, aws)

    expect(done.map(({ status: state }) => state)).toEqual(['verified'])
    expect(info.entries).toHaveLength(1)
    expect(world.writes).toEqual(['PutKeyPolicy'])
  })

  test.each(['ThrottlingException', 'KMSInternalException', 'TimeoutError'])(
    'a %s before the write is tried again',
    async (name) => {
      const world = worldWith(policyText(ADMIN))
      const aws = world.connect()
      const plan = await planPermissions(OUTPUT_JOB, aws)
      let refusals = 2
      world.before = (call) => {
        if (call === 'PutKeyPolicy' && refusals-- > 0) throw awsError(name)
      }

      const { done } = await applyPlan(plan, aws)

      expect(done.map(({ status: state }) => state)).toEqual(['verified'])
      expect(world.writes).toHaveLength(3)
    },
  )

  test.each([
    [5, 'verified'],
    [100, 'propagating'],
  ])('with %s old reads after the write it is %s', async (reads, state) => {
    const world = worldWith(policyText(ADMIN))
    world.slowReads = reads
    const aws = world.connect()
    const plan = await planPermissions(OUTPUT_JOB, aws)

    const { done } = await applyPlan(plan, aws)

    expect(done.map((one) => one.status)).toEqual([state])
    expect(world.slept).toBeLessThanOrEqual(5 * 60_000 + 8_000)
  })

  test('ensure says unknown of what never showed up, with the way back', async () => {
    const world = worldWith(policyText(ADMIN))
    world.slowReads = 100

    const error = await thrownBy(ensurePermissions(OUTPUT_JOB, world.connect(), { apply: true }))

    expect(error.code).toBe('permissions-not-met')
    expect(error.data.undo?.entries).toHaveLength(1)
  })

  test('stops at the first failure and says what was done', async () => {
    const world = worldWith(policyText(ADMIN), policyText(DELEGATION))
    const aws = world.connect()
    const plan = await planPermissions(VOLUME_JOB, aws)
    world.before = (name) => {
      if (name === 'PutRolePolicy') throw awsError('AccessDenied')
    }

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.data.done.map(({ change }) => change.kind)).toEqual(['key-policy'])
    expect(error.data.undo?.entries.map(({ kind }) => kind)).toEqual(['key-policy'])
  })

  test('a lock-out refusal says that the caller is not the one to change the key', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(OUTPUT_JOB, aws)
    world.before = (name) => {
      if (name === 'PutKeyPolicy')
        throw awsError(
          'MalformedPolicyDocumentException',
          'The new key policy will not allow you to update the key policy in the future.',
        )
    }

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.fix).toContain('let an administrator of the key apply the plan')
    expect(world.writes).toHaveLength(1)
  })

  test('a principal that KMS does not know yet is waited for when the role is new', async () => {
    const world = worldWith(policyText(ADMIN))
    world.roleCreated = new Date(NOW.getTime() - 6 * 60_000)
    const aws = world.connect()
    const plan = await planPermissions(OUTPUT_JOB, aws)
    let refusals = 5
    world.before = (name) => {
      if (name === 'PutKeyPolicy' && refusals-- > 0) throw awsError('MalformedPolicyDocumentException')
    }

    const { done } = await applyPlan(plan, aws)

    expect(done.map(({ status: state }) => state)).toEqual(['verified'])
  })

  test('two jobs at once on one key lose no statement', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()

    const both = await Promise.all([
      ensurePermissions(OUTPUT_JOB, aws, { apply: true }),
      ensurePermissions(OUTPUT_JOB, aws, { apply: true }),
    ])

    expect(both.map(({ report }) => report.ok)).toEqual([true, true])
    expect(world.writes).toEqual(['PutKeyPolicy'])
  })
})

describe('undo', () => {
  test('takes out only its own statement when others have written since', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const ensured = await ensurePermissions(OUTPUT_JOB, aws, { apply: true })
    const document = JSON.parse(world.policies.get(OUTPUT_KEY) ?? '')
    world.policies.set(
      OUTPUT_KEY,
      JSON.stringify({ ...document, Statement: [...document.Statement, DELEGATION] }),
    )
    if (ensured.undo === undefined) throw new Error('something was written')

    const first = await undo(ensured.undo, aws)
    const second = await undo(ensured.undo, aws)

    expect(JSON.parse(world.policies.get(OUTPUT_KEY) ?? '').Statement).toEqual([ADMIN, DELEGATION])
    expect(first.undone).toHaveLength(1)
    expect(second.kept.map(({ why }) => why)).toEqual(['it is not there any more'])
  })

  test('leaves its own statement once somebody changed it', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const ensured = await ensurePermissions(OUTPUT_JOB, aws, { apply: true })
    const text = (world.policies.get(OUTPUT_KEY) ?? '').replace('"kms:Encrypt",', '')
    world.policies.set(OUTPUT_KEY, text)
    if (ensured.undo === undefined) throw new Error('something was written')

    const result = await undo(ensured.undo, aws)

    expect(result.kept.map(({ why }) => why)).toEqual(['somebody changed it since'])
    expect(world.policies.get(OUTPUT_KEY)).toBe(text)
  })

  test('restores the statement of the same Sid that stood there before', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const [change] = (await planPermissions(OUTPUT_JOB, aws)).changes
    if (change?.kind !== 'key-policy') throw new Error('a statement is planned')
    const before = policyText(ADMIN, { ...change.statement, Action: ['kms:Decrypt'] })
    world.policies.set(OUTPUT_KEY, before)

    const ensured = await ensurePermissions(OUTPUT_JOB, aws, { apply: true })
    const statements = JSON.parse(world.policies.get(OUTPUT_KEY) ?? '').Statement.length
    if (ensured.undo === undefined) throw new Error('something was written')
    await undo(ensured.undo, aws)

    expect(statements).toBe(2)
    expect(world.policies.get(OUTPUT_KEY)).toBe(before)
  })
})

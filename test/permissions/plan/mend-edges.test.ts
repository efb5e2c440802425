import { describe, expect, test } from 'vitest'
import type { Grant } from '../../../src/aws/calls.js'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { ourName, ROLE_POLICY_PREFIX, STATEMENT_PREFIX } from '../../../src/permissions/plan/our-names.js'
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
} from '../small-aws.js'

const JOB = resolvedJob({ output: OUTPUT_KEY })
const PAIRS = { ...GUIDE, Action: 'kms:GenerateDataKeyPair*' }
const OWN_SID = await ourName(STATEMENT_PREFIX, ROLE)
const OWN_POLICY = await ourName(ROLE_POLICY_PREFIX, OUTPUT_KEY)

function worldWith(...statements: readonly (typeof ADMIN)[]): SmallAws {
  const world = new SmallAws()
  world.policies.set(OUTPUT_KEY, policyText(...statements))
  return world
}

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
    const world = worldWith(ADMIN, statement as never)

    const plan = await planPermissions(JOB, world.connect(), { addDocumentedStatement: true })

    expect(plan.changes).toEqual([])
    const whys = plan.notFixed.map((left) => left.why).join('\n')
    expect(whys).toContain(why)
  })

  test('when our Sid stands in it twice', async () => {
    const own = { ...PAIRS, Sid: OWN_SID }
    const world = worldWith(ADMIN, own, own)

    const plan = await planPermissions(JOB, world.connect())

    expect(plan.notFixed[0]?.why).toContain(`the Sid ${OWN_SID} stands in 2 statements`)
  })

  test('when it cannot be read', async () => {
    const world = worldWith(ADMIN)
    world.before = (name) => {
      if (name === 'GetKeyPolicy') throw awsError('AccessDeniedException')
    }

    const plan = await planPermissions(JOB, world.connect(), { addDocumentedStatement: true })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('the key policy cannot be read (kms:GetKeyPolicy)')
  })

  test('when it has characters that KMS does not store', async () => {
    const world = worldWith({ ...ADMIN, Sid: 'Ключ' })

    const plan = await planPermissions(JOB, world.connect())

    expect(plan.notFixed[0]?.why).toBe('the key policy has characters that KMS does not store')
  })
})

describe('a role policy is not planned', () => {
  test('when the inline policies cannot be read', async () => {
    const world = worldWith(DELEGATION)
    world.before = (name) => {
      if (name === 'ListRolePolicies') throw awsError('AccessDenied')
    }

    const plan = await planPermissions(JOB, world.connect(), { addDocumentedStatement: true })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('the inline policies of the role cannot be read')
  })

  test('over one of our name under a condition', async () => {
    const world = worldWith(DELEGATION)
    const statement = {
      Sid: 'SmGroundTruthKms',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: OUTPUT_KEY,
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    }
    world.inline.set(OWN_POLICY, JSON.stringify({ Version: '2012-10-17', Statement: statement }))

    const plan = await planPermissions(JOB, world.connect())

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain("is not of this library's making")
  })
})

describe('a role policy of our making', () => {
  test('keeps its actions, the diff shows the new ones, and undo writes it back', async () => {
    const world = worldWith(DELEGATION)
    const before = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'SmGroundTruthKms', Effect: 'Allow', Action: ['kms:Decrypt'], Resource: OUTPUT_KEY },
      ],
    })
    world.inline.set(OWN_POLICY, before)
    const aws = world.connect()

    const plan = await planPermissions(JOB, aws)
    const { undo: info } = await applyPlan(plan, aws)
    const written = JSON.parse(world.inline.get(OWN_POLICY) ?? '')
    await undo(info, aws)

    expect(written.Statement[0].Action).toHaveLength(9)
    expect(written.Statement[0].Action[0]).toBe('kms:Decrypt')
    expect(String(plan)).toContain('  undo: writes the policy as it was')
    expect(world.inline.get(OWN_POLICY)).toBe(before)
  })

  test('that somebody changed since is left by undo', async () => {
    const world = worldWith(DELEGATION)
    const aws = world.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    world.inline.set(OWN_POLICY, '{"Version":"2012-10-17","Statement":[]}')
    if (info === undefined) throw new Error('something was written')

    const changed = await undo(info, aws)
    world.inline.delete(OWN_POLICY)
    const gone = await undo(info, aws)

    expect(changed.kept.map(({ why }) => why)).toEqual(['somebody changed it since'])
    expect(gone.kept.map(({ why }) => why)).toEqual(['it is not there any more'])
  })
})

describe('a plan without white space', () => {
  test('is written onto other bytes of the same meaning without white space as well', async () => {
    const world = worldWith(ADMIN)
    const aws = world.connect()
    const short = await planPermissions(JOB, aws, { compact: true })
    world.policies.set(OUTPUT_KEY, policyText(ADMIN).replace('{', `{${' '.repeat(32_500)}`))
    const plan = await planPermissions(JOB, aws, { compact: true })
    world.policies.set(OUTPUT_KEY, JSON.stringify(JSON.parse(policyText(ADMIN)), null, 1))

    await applyPlan(plan, aws)

    expect(world.policies.get(OUTPUT_KEY)).toBe(
      JSON.stringify(JSON.parse(world.policies.get(OUTPUT_KEY) ?? '')),
    )
    expect([short, plan].map(({ changes }) => changes)).toMatchObject([
      [{ compact: false }],
      [{ compact: true }],
    ])
  })
})

describe('a grant', () => {
  test('that is never listed is propagating, and the verdict unknown', async () => {
    const world = worldWith(ADMIN, PAIRS)
    world.after = (name) => {
      if (name === 'CreateGrant') world.grants.set(OUTPUT_KEY, [])
    }

    const error = await thrownBy(ensurePermissions(JOB, world.connect(), { prefer: 'grant', apply: true }))

    expect(error.code).toBe('permissions-not-met')
    expect(error.data.done.map(({ status: state }) => state)).toEqual(['propagating'])
    expect(error.message).toContain('Wait some minutes, and check again')
  })

  test('that is listed late counts once it is, and spoils no other verdict', async () => {
    const world = worldWith(ADMIN, PAIRS)
    let listings = 0
    const made: Grant[] = []
    world.after = (name) => {
      if (name !== 'CreateGrant') return
      made.push(...(world.grants.get(OUTPUT_KEY) ?? []))
      world.grants.set(OUTPUT_KEY, [])
    }
    world.before = (name) => {
      if (name === 'ListGrants' && made.length > 0 && ++listings > 4) world.grants.set(OUTPUT_KEY, made)
    }

    const ensured = await ensurePermissions(JOB, world.connect(), { prefer: 'grant', apply: true })

    expect(ensured.done.map(({ status: state }) => state)).toEqual(['propagating'])
    expect(ensured.report.ok).toBe(true)
  })

  test.each([
    [1, 4 * 60_000],
    [6, 0],
  ])(
    'that is there already, %s minutes old, is waited for as long as it needs, and not undone',
    async (age, wait) => {
      const world = worldWith(ADMIN, PAIRS)
      const aws = world.connect()
      const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
      const [change] = plan.changes
      if (change?.kind !== 'grant') throw new Error('a grant is planned')
      world.grants.set(OUTPUT_KEY, [
        {
          GrantId: 'g',
          Name: change.name,
          GranteePrincipal: ROLE,
          Operations: [...change.operations],
          CreationDate: new Date(NOW.getTime() - age * 60_000),
        },
      ])

      const applied = await applyPlan(plan, aws)

      expect(applied.done.map(({ status: state }) => state)).toEqual(['already-there'])
      expect(applied.undo.entries).toEqual([])
      expect(world.slept).toBe(wait)
    },
  )
})

describe('what goes wrong while a plan is written', () => {
  test.each([
    ['TimeoutError', 'It is not known whether it was written: run the check again before anything else'],
    [
      'MalformedPolicyDocumentException',
      'Remove the ids of deleted principals from the key policy first, as { removeDeletedPrincipals: true } does; a role made seconds ago needs a minute',
    ],
    ['AccessDeniedException', 'Allow kms:PutKeyPolicy for the identity that makes the call'],
  ])('says what to do about %s', async (name, fix) => {
    const world = worldWith(ADMIN)
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    const words =
      name === 'MalformedPolicyDocumentException'
        ? 'Policy contains a statement with one or more invalid principals.'
        : name
    world.before = (call) => {
      if (call === 'PutKeyPolicy') throw awsError(name, words)
    }

    const error = await thrownBy(applyPlan(plan, aws))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.fix).toContain(fix)
  })

  test('a fault of the program is not taken for an answer of AWS', async () => {
    const world = worldWith(ADMIN, PAIRS)
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    const broken = { ...aws, region: () => aws.region(), call: () => Promise.reject(new TypeError('broken')) }

    await expect(applyPlan(plan, broken as never)).rejects.toThrow(new TypeError('broken'))
  })

  test('a check that fails after the write says what was written', async () => {
    const world = worldWith(ADMIN)
    world.before = (call) => {
      if (call === 'GetRole' && world.writes.length > 0) throw awsError('ServiceFailureException')
    }

    const error = await thrownBy(ensurePermissions(JOB, world.connect(), { apply: true }))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.why).toContain('the plan was written, and could not be checked again')
    expect(error.data.undo.entries).toHaveLength(1)
  })

  test('an undo that clashes with another writer is reported', async () => {
    const world = worldWith(ADMIN)
    const aws = world.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    if (info === undefined) throw new Error('something was written')
    world.after = (name) => {
      if (name === 'PutKeyPolicy') world.policies.set(OUTPUT_KEY, policyText(ADMIN, DELEGATION, PAIRS))
    }

    const error = await thrownBy(undo(info, aws))

    expect(error.code).toBe('permissions-lost-update')
    expect(error.data.found).toBe(policyText(ADMIN, DELEGATION, PAIRS))
  })

  test('an undo that AWS refuses says so', async () => {
    const world = worldWith(ADMIN)
    const aws = world.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    if (info === undefined) throw new Error('something was written')
    world.before = (name) => {
      if (name === 'PutKeyPolicy') throw awsError('AccessDeniedException')
    }

    const error = await thrownBy(undo(info, aws))

    expect(error.code).toBe('permissions-apply-failed')
    expect(error.fix).toContain('Undo again once that is solved')
  })
})

import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import type { PolicyStatement } from '../../../src/permissions/policy/policy-document.js'
import {
  ADMIN,
  awsError,
  GUIDE,
  NOW,
  OUTPUT_KEY,
  policyText,
  ROLE,
  resolvedJob,
  SmallAws,
} from '../small-aws.js'

const JOB = resolvedJob({ output: OUTPUT_KEY })
const PAIRS = { ...GUIDE, Action: 'kms:GenerateDataKeyPair*' }
const OPERATIONS = [
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
]

function worldWith(statement: PolicyStatement): SmallAws {
  const world = new SmallAws()
  world.policies.set(OUTPUT_KEY, policyText(ADMIN, statement))
  return world
}

describe('a grant', () => {
  test('is given five minutes before it is said to count', async () => {
    const world = worldWith(PAIRS)

    const ensured = await ensurePermissions(JOB, world.connect(), { prefer: 'grant', apply: true })

    expect(ensured.report.ok).toBe(true)
    expect(ensured.done.map(({ status: state }) => state)).toEqual(['verified'])
    expect(world.slept).toBe(5 * 60_000)
  })

  test('that was made just now leaves what hangs on it unknown', async () => {
    const world = worldWith(PAIRS)
    const grant = (GrantId: string, minutes: number, ...Operations: string[]) => ({
      GrantId,
      GranteePrincipal: ROLE,
      IssuingAccount: '111122223333',
      Operations,
      CreationDate: new Date(NOW.getTime() - minutes * 60_000),
    })
    world.grants.set(OUTPUT_KEY, [grant('old', 6, 'Decrypt'), grant('new', 2, 'Decrypt', 'Encrypt')])

    const { decisions } = await checkPermissions(JOB, world.connect())

    const of = (action: string) => decisions.find((one) => one.action === action)
    expect(of('kms:Decrypt')?.verdict).toBe('allowed')
    expect(of('kms:Encrypt')).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'propagating', since: '2026-11-23T11:58:00.000Z' }],
    })
  })

  test.each([
    ['a user', 'arn:aws:iam::111122223333:user/ops', 'arn:aws:iam::111122223333:user/ops'],
    ['a role with its path', 'arn:aws:sts::111122223333:assumed-role/GtExec/me', ROLE],
    ['nobody when the caller is the account', 'arn:aws:iam::111122223333:root', undefined],
  ])('may be retired by %s', async (_, caller, retiring) => {
    const world = worldWith(PAIRS)
    world.caller = caller
    const aws = world.connect()

    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    await applyPlan(plan, aws)

    expect(world.grants.get(OUTPUT_KEY)).toEqual([
      {
        GrantId: expect.stringMatching(/^grant-sm-gt-/),
        Name: expect.stringMatching(/^sm-gt-[0-9a-f]{8}$/),
        GranteePrincipal: ROLE,
        Operations: OPERATIONS,
        ...(retiring !== undefined && { RetiringPrincipal: retiring }),
        IssuingAccount: '111122223333',
        CreationDate: NOW,
      },
    ])
    expect(String(plan)).toContain(
      retiring === undefined ? '+ nobody named to retire it' : `+ may be retired by ${retiring}`,
    )
  })

  test('names nobody to retire it when the role of the caller cannot be read', async () => {
    const world = worldWith(PAIRS)
    world.caller = 'arn:aws:sts::111122223333:assumed-role/Ops/me'
    world.before = (call, { RoleName }) => {
      if (call === 'GetRole' && RoleName === 'Ops') throw awsError('AccessDenied')
    }

    const plan = await planPermissions(JOB, world.connect(), { prefer: 'grant' })

    expect(plan.changes).toMatchObject([{ kind: 'grant', retiringPrincipal: null }])
  })

  test('is not planned where the grants cannot be read', async () => {
    const world = worldWith(PAIRS)
    world.before = (call) => {
      if (call === 'ListGrants') throw awsError('AccessDeniedException')
    }

    const plan = await planPermissions(JOB, world.connect(), {
      prefer: 'grant',
      addDocumentedStatement: true,
    })

    expect(plan.changes).toEqual([])
    expect(plan.notFixed[0]?.why).toContain('cannot be read (kms:ListGrants)')
  })

  test('of the same name under a constraint is not taken for the planned one', async () => {
    const world = worldWith(PAIRS)
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    const [change] = plan.changes
    if (change?.kind !== 'grant') throw new Error('a grant is planned')
    world.grants.set(OUTPUT_KEY, [
      {
        GrantId: 'narrow',
        Name: change.name,
        GranteePrincipal: ROLE,
        Operations: OPERATIONS,
        Constraints: { EncryptionContextEquals: { team: 'vision' } },
      },
    ])

    const { done } = await applyPlan(plan, aws)

    expect(done.map(({ status: state }) => state)).toEqual(['verified'])
    expect(world.writes).toEqual(['CreateGrant'])
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Aws } from '../../../src/aws/aws.js'
import type { UndoInfo } from '../../../src/permissions/apply/applied-plan.js'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import type { PermissionPlanData } from '../../../src/permissions/plan/permission-plan.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import type { PolicyStatement } from '../../../src/permissions/policy/policy-document.js'
import { type FakeAws, fakeAws } from '../../../src/testing/index.js'
import { runs } from '../../support/runs.js'
import { DELEGATION, requestWith, resolvedJob } from '../labeling-account.js'

const ROLE = 'arn:aws:iam::111122223333:role/GtExec'

const ADMIN: PolicyStatement = {
  Sid: 'Admin',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
  Action: 'kms:*',
  Resource: '*',
}

function policy(...statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)
}

const USE = { Effect: 'Allow', Action: ['kms:Encrypt', 'kms:DescribeKey'], Resource: '*' }
const BATCH = { GrantId: 'batch', Name: 'batch', GranteePrincipal: ROLE, Operations: ['Decrypt'] }

interface Setup {
  readonly output: string
  readonly volume: string
  readonly inline: Readonly<Record<string, string>>
}

/** Two keys, roles that look alike, a policy and a grant of somebody else. */
function world({ output, volume, inline }: Setup) {
  const cloud = fakeAws()
  for (const name of ['GtExec', 'Admin', 'Other'])
    cloud.role({ name, createdAt: new Date('2025-01-01'), inline })
  const keys = [
    cloud.key({ policy: output, grants: [BATCH] }),
    cloud.key({ policy: volume, grants: [BATCH] }),
  ].map(({ keyArn }) => keyArn)
  const named = { output: keys[0] ?? '', volume: keys[1] ?? '' }
  const job = { ...resolvedJob(named), request: { ...requestWith(named), RoleArn: ROLE } }
  return { cloud, aws: cloud.connect(), job, keys }
}

/** Everything that a plan or an undo could have changed. */
async function stateOf(aws: Aws, keys: readonly string[]): Promise<unknown> {
  const ofKeys = keys.map(async (KeyId) => [
    JSON.parse((await aws.call('kms:GetKeyPolicy', { KeyId, PolicyName: 'default' })).Policy ?? ''),
    (await aws.call('kms:ListGrants', { KeyId })).Grants?.map(
      ({ GrantId: _, CreationDate: __, ...rest }) => rest,
    ),
  ])
  const ofRoles = ['GtExec', 'Admin', 'Other'].map(async (RoleName) => {
    const { PolicyNames = [] } = await aws.call('iam:ListRolePolicies', { RoleName })
    return Promise.all(
      [...PolicyNames]
        .sort()
        .map(async (PolicyName) => [
          PolicyName,
          JSON.parse(
            decodeURIComponent(
              (await aws.call('iam:GetRolePolicy', { RoleName, PolicyName })).PolicyDocument ?? '',
            ),
          ),
        ]),
    )
  })
  return Promise.all([...ofKeys, ...ofRoles])
}

const SETUP: fc.Arbitrary<Setup> = fc.record({
  output: fc.constantFrom(policy(ADMIN), policy(ADMIN, DELEGATION), policy(DELEGATION)),
  volume: fc.constantFrom(policy(ADMIN), policy(ADMIN, DELEGATION), policy(DELEGATION)),
  inline: fc.constantFrom<Setup['inline']>(
    {},
    { Use: JSON.stringify({ Version: '2012-10-17', Statement: USE }) },
  ),
})

type Path = readonly (string | number)[]

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : Object.entries(value)
  return [path, ...entries.flatMap(([key, item]) => pathsIn(item, [...path, key]))]
}

/** Puts something else where a path leads: another value of the text, a word of its kind, or nothing. */
function edited(value: unknown, path: Path, by: (old: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return by(value)
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) }
  const slots = copy as Record<string | number, unknown>
  if (rest.length > 0 || by(slots[key]) !== undefined) slots[key] = edited(slots[key], rest, by)
  else if (Array.isArray(copy)) copy.splice(Number(key), 1)
  else delete slots[key]
  return copy
}

const EDIT = fc.record({ place: fc.nat(), donor: fc.nat(), how: fc.nat(4) })

function alter<Value>(
  value: Value,
  { place, donor, how }: { place: number; donor: number; how: number },
): Value {
  const paths = pathsIn(value).slice(1)
  const path = paths[place % paths.length] ?? []
  const other = (paths[donor % paths.length] ?? []).reduce<unknown>(
    (inside, key) => (inside as Record<string | number, unknown>)[key],
    value,
  )
  const by = [
    () => undefined,
    () => other,
    (old: unknown) => (typeof old === 'string' ? old.replace('GtExec', 'Other').replace('Encrypt', '*') : 7),
    (old: unknown) => (Array.isArray(old) ? [...old, ...old] : 'kms:*'),
    (old: unknown) => (typeof old === 'string' ? old.replace(/"AWS": ?"[^"]*"/, '"AWS":"*"') : null),
  ][how]
  return edited(value, path, by ?? (() => null)) as Value
}

describe('a plan that went through JSON', () => {
  test.each(['auto', 'guide', 'grant'] as const)(
    'and was altered is refused, or writes what it was made for (%s)',
    { timeout: 600_000 },
    async (prefer) => {
      await fc.assert(
        fc.asyncProperty(SETUP, EDIT, async (setup, edit) => {
          const { aws, job, keys, cloud } = world(setup)
          const before = await stateOf(aws, keys)
          const plan = await planPermissions(job, aws, { prefer })
          const text: PermissionPlanData = JSON.parse(JSON.stringify(plan))

          const outcome = await applyPlan(alter(text, edit), aws).then(
            () => 'applied',
            (thrown) => thrown.code,
          )

          const after = await stateOf(aws, keys)
          if (outcome !== 'applied') {
            expect(outcome).toMatch(/^(permissions-(plan-altered|stale-plan|apply-failed)|refused-call)$/)
            expect(after).toEqual(before)
            expect(cloud.calls.writes()).toEqual([])
            return
          }
          const honest = world(setup)
          await applyPlan(await planPermissions(honest.job, honest.aws, { prefer }), honest.aws)
          expect(JSON.stringify(after)).toBe(JSON.stringify(await stateOf(honest.aws, honest.keys)))
        }),
        { numRuns: runs(400, 12) },
      )
    },
  )

  test('is applied as it was made', async () => {
    const { aws, job } = world({ output: policy(ADMIN), volume: policy(DELEGATION), inline: {} })
    const plan = await planPermissions(job, aws)

    const applied = await applyPlan(JSON.parse(JSON.stringify(plan)), aws)

    expect(applied.done.map(({ status }) => status)).toEqual(['verified', 'verified'])
    await expect(ensurePermissions(job, aws)).resolves.toMatchObject({ report: { ok: true } })
  })

  test.each([
    [
      'a key policy that lets everybody in',
      (text: string) => text.replaceAll(/(\\"AWS\\": ?)\\"[^"]*GtExec\\"/g, '$1\\"*\\"'),
    ],
    ['another role', (text: string) => text.replaceAll('"roleName":"GtExec"', '"roleName":"Admin"')],
    [
      'another name',
      (text: string) => text.replaceAll('"policyName":"SmGroundTruthKms', '"policyName":"Use'),
    ],
    ['an action beyond the job', (text: string) => text.replaceAll('kms:DescribeKey', 'kms:PutKeyPolicy')],
    [
      'another role everywhere but in the report',
      (text: string) => text.replaceAll('role/GtExec","sid"', 'role/Other","sid"'),
    ],
  ])('and asks for %s writes nothing', async (_, change) => {
    const { aws, job, cloud } = world({ output: policy(ADMIN), volume: policy(DELEGATION), inline: {} })
    const text = JSON.stringify(await planPermissions(job, aws))
    const altered = change(text)

    const outcome = applyPlan(JSON.parse(altered), aws)

    if (altered !== text) await expect(outcome).rejects.toMatchObject({ code: 'permissions-plan-altered' })
    expect(altered === text ? [] : cloud.calls.writes()).toEqual([])
  })

  test.each([
    ['role-policy', 'auto', policy(ADMIN, DELEGATION)],
    ['key-policy', 'guide', policy(ADMIN)],
    ['grant', 'grant', policy(ADMIN)],
  ] as const)(
    'with another role of the account in it writes no %s for that one',
    async (kind, prefer, text) => {
      const { aws, job, cloud } = world({ output: text, volume: text, inline: {} })
      const plan = JSON.stringify(await planPermissions(job, aws, { prefer }))

      const outcome = applyPlan(JSON.parse(plan.replaceAll('GtExec', 'Other')), aws)

      expect(plan).toContain(`"kind":"${kind}"`)
      await expect(outcome).rejects.toMatchObject({ code: 'permissions-plan-altered' })
      expect(cloud.calls.writes()).toEqual([])
    },
  )

  test.each([
    ['role-policy', 'auto', policy(ADMIN, DELEGATION)],
    ['key-policy', 'guide', policy(ADMIN)],
    ['grant', 'grant', policy(ADMIN)],
  ] as const)('with another key in it writes no %s there', async (kind, prefer, text) => {
    const { aws, job, cloud, keys } = world({ output: text, volume: text, inline: {} })
    const elsewhere = cloud.key({ policy: text }).keyArn
    const plan = JSON.stringify(await planPermissions(job, aws, { prefer }))

    const outcome = applyPlan(JSON.parse(plan.replaceAll(keys[0] ?? '', elsewhere)), aws)

    expect(plan).toContain(`"kind":"${kind}"`)
    await expect(outcome).rejects.toMatchObject({ code: 'permissions-plan-altered' })
    expect(cloud.calls.writes()).toEqual([])
  })

  /** The plan for the output key alone, in plain data to be edited. */
  async function planForOutput(output: string, inline: Setup['inline'] = {}) {
    const { aws, job, cloud, keys } = world({ output, volume: policy(ADMIN), inline })
    const named = { output: keys[0] ?? '' }
    const alone = { ...resolvedJob(named), request: { ...requestWith(named), RoleArn: ROLE } }
    const plan = JSON.parse(JSON.stringify(await planPermissions(alone, aws)))
    return { aws, job, cloud, plan }
  }

  const EDITS: readonly (readonly [string, (plan: ReturnType<typeof JSON.parse>) => void])[] = [
    [
      'with an action that its decisions do not ask for',
      ({ changes: [change] }) => {
        change.actions.push('kms:CreateGrant')
        change.after = change.after.replace('"kms:DescribeKey"', '"kms:DescribeKey", "kms:CreateGrant"')
        change.statement?.Action.push('kms:CreateGrant')
      },
    ],
    [
      'with a decision on an action that the job does not need',
      (plan) => {
        for (const list of [plan.report.decisions, plan.after])
          list.push({ ...list[0], action: 'kms:CreateGrant' })
      },
    ],
    [
      'without decisions and changes',
      (plan) => {
        plan.report.decisions = []
        plan.changes.pop()
      },
    ],
    [
      'without decisions',
      (plan) => {
        plan.report.decisions = []
      },
    ],
    [
      'without the decisions afterwards',
      (plan) => {
        plan.after = []
      },
    ],
    [
      'with decisions on another role',
      (plan) => {
        for (const decision of plan.report.decisions)
          decision.roleArn = 'arn:aws:iam::111122223333:role/Other'
      },
    ],
    [
      'of another size',
      ({ changes: [change] }) => {
        change.size.used = 1
      },
    ],
    [
      'with a change for nothing',
      ({ changes: [change] }) => {
        change.actions = []
      },
    ],
    [
      'of another limit',
      ({ changes: [change] }) => {
        change.size.limit = 1
      },
    ],
  ]

  test.each(EDITS.flatMap(([what, edit]) => [[what, 'key', edit] as const, [what, 'role', edit] as const]))(
    '%s writes nothing to the policy of the %s',
    async (_, side, edit) => {
      const { aws, cloud, plan } = await planForOutput(
        side === 'key' ? policy(ADMIN) : policy(ADMIN, DELEGATION),
      )
      edit(plan)

      await expect(applyPlan(plan, aws)).rejects.toMatchObject({ code: 'permissions-plan-altered' })
      expect(cloud.calls.writes()).toEqual([])
    },
  )

  test.each(['soon', '2025-01-01', 7])('with %o for the age of the role writes nothing', async (moment) => {
    const { aws, cloud, plan } = await planForOutput(policy(ADMIN))
    plan.changes[0].roleCreatedAt = moment

    await expect(applyPlan(plan, aws)).rejects.toMatchObject({ code: 'permissions-plan-altered' })
    expect(cloud.calls.writes()).toEqual([])
  })

  test('cannot be changed once it was shown', async () => {
    const { aws, job } = world({ output: policy(ADMIN), volume: policy(ADMIN), inline: {} })
    const plan = await planPermissions(job, aws)
    const change = plan.changes[0] as { after: string }

    expect(() => {
      change.after = '{}'
    }).toThrow(TypeError)
    expect(() => (plan.report.decisions as unknown[]).pop()).toThrow(TypeError)
  })
})

describe('undo information that went through JSON', () => {
  async function written(
    cloud: FakeAws,
    job: Parameters<typeof ensurePermissions>[0],
    prefer: 'auto' | 'grant',
  ) {
    const { undo: info } = await ensurePermissions(job, cloud.connect(), { apply: true, prefer })
    return JSON.parse(JSON.stringify(info)) as UndoInfo
  }

  test.each(['auto', 'grant'] as const)(
    'and was altered takes back what was written, or less (%s)',
    { timeout: 600_000 },
    async (prefer) => {
      await fc.assert(
        fc.asyncProperty(SETUP, EDIT, async (setup, edit) => {
          const { cloud, aws, job, keys } = world(setup)
          const before = await stateOf(aws, keys)
          const info = await written(cloud, job, prefer)
          const between = await stateOf(aws, keys)

          await undo(alter(info, edit), aws).catch((thrown) => {
            expect(thrown.code).toMatch(/^(refused-call|permissions-apply-failed)$/)
          })

          const after = (await stateOf(aws, keys)) as unknown[]
          for (const [index, state] of after.entries()) {
            const allowed = [(before as unknown[])[index], (between as unknown[])[index]]
            if (!allowed.some((one) => JSON.stringify(one) === JSON.stringify(state)))
              expect(foreignParts(state)).toEqual(foreignParts(allowed[0]))
          }
        }),
        { numRuns: runs(400, 12) },
      )
    },
  )

  test.each([
    ['policyName', 'Use'],
    ['roleName', 'Other'],
    ['previous', policy({ Sid: 'SmGroundTruthKms', Effect: 'Allow', Action: '*', Resource: '*' })],
    ['written', policy()],
  ])('and names another %s touches nothing', async (field, value) => {
    const { cloud, aws, job, keys } = world({
      output: policy(DELEGATION),
      volume: policy(DELEGATION),
      inline: { Use: JSON.stringify({ Version: '2012-10-17', Statement: USE }) },
    })
    const info = await written(cloud, job, 'auto')
    const before = await stateOf(aws, keys)
    const entries = info.entries.map(({ checksum: _, ...entry }) => ({ ...entry, [field]: value }))

    const { undone, kept } = await undo({ ...info, entries } as UndoInfo, aws)

    expect(undone).toEqual([])
    expect(new Set(kept.map(({ why }) => why))).toEqual(new Set(["it is not of this library's making"]))
    expect(await stateOf(aws, keys)).toEqual(before)
  })

  test.each([
    ['before', null],
    ['before', 7],
    ['previousOwnStatement', 'none'],
    ['written', null],
    ['sid', null],
    ['keyArn', null],
  ])('and has no %s but %o is kept, without a raw error', async (field, value) => {
    const { cloud, aws, job, keys } = world({ output: policy(ADMIN), volume: policy(ADMIN), inline: {} })
    const info = await written(cloud, job, 'auto')
    const before = await stateOf(aws, keys)
    const entries = info.entries
      .filter(({ kind }) => kind === 'key-policy')
      .map(({ checksum: _, ...entry }) => ({ ...entry, [field]: value }))

    const undone = undo({ ...info, entries } as UndoInfo, aws)

    if (field === 'keyArn') await expect(undone).rejects.toMatchObject({ code: 'refused-call' })
    else
      await expect(undone).resolves.toMatchObject({
        undone: [],
        kept: entries.toReversed().map((entry) => ({ entry })),
      })
    expect(await stateOf(aws, keys)).toEqual(before)
  })

  test('and names the grant of somebody else leaves it', async () => {
    const { cloud, aws, job, keys } = world({
      output: policy(ADMIN, DELEGATION),
      volume: policy(ADMIN, DELEGATION),
      inline: {},
    })
    const info = await written(cloud, job, 'grant')
    const entries = info.entries.map(({ checksum: _, ...entry }) => ({ ...entry, grantId: 'batch' }))

    await undo({ ...info, entries } as UndoInfo, aws)

    const { Grants = [] } = await aws.call('kms:ListGrants', { KeyId: keys[0] ?? '' })
    expect(Grants.map(({ Name }) => Name)).toContain('batch')
  })
})

/** Documents and grants of one key or role without what is this library's. */
function foreignParts(state: unknown): unknown {
  if (Array.isArray(state)) return state.filter((item) => !isOurs(item)).map(foreignParts)
  if (typeof state !== 'object' || state === null) return state
  return Object.fromEntries(Object.entries(state).map(([key, value]) => [key, foreignParts(value)]))
}

function isOurs(item: unknown): boolean {
  const { Sid, Name, 0: policyName } = Object(item) as Readonly<Record<string | number, unknown>>
  const name = Sid ?? Name ?? (Array.isArray(item) ? policyName : undefined)
  return typeof name === 'string' && /^(SmGroundTruth|sm-gt-)/.test(name)
}

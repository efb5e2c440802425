import { describe, expect, test } from 'vitest'
import type { UndoInfo } from '../../../src/permissions/apply/applied-plan.js'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { isChangeError } from '../../../src/permissions/apply/permissions-error.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { ourName, STATEMENT_PREFIX } from '../../../src/permissions/plan/our-names.js'
import type { PermissionPlan } from '../../../src/permissions/plan/permission-plan.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import { canonicalPolicy } from '../../../src/permissions/policy/compare-policies.js'
import {
  deletedPrincipalsIn,
  removeDeletedPrincipals,
} from '../../../src/permissions/policy/deleted-principals.js'
import type { PolicyDocument, PolicyStatement } from '../../../src/permissions/policy/policy-document.js'
import type { FakeAws, Fault, InjectedCall } from '../../../src/testing/index.js'
import { runs } from '../../support/runs.js'
import {
  ADMIN,
  CALLER,
  cloudWith,
  DELEGATION,
  GUIDE,
  inlineOf,
  TWO_KEY_JOB as JOB,
  keyPolicyOf,
  OUTPUT_KEY,
  putKeyPolicy,
  ROLE,
  VOLUME_KEY,
  writesOf,
} from '../labeling-account.js'

const SEED = 20_261_123
const WORLDS = runs(5_000, 40)
/** In each of them every outcome comes up, those included that one world in fifty has. */
const FEWER_WORLDS = runs(1_000)
const KEYS = [OUTPUT_KEY, VOLUME_KEY]
const ACTIONS = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey',
  'kms:GenerateDataKey*',
  'kms:DescribeKey',
  'kms:CreateGrant',
  'kms:*',
]
const CONDITIONS: PolicyStatement['Condition'][] = [
  { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
  { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
  { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
  { Bool: { 'aws:SecureTransport': 'false' } },
]

/** What strikes the first writes. */
const FAULTS: Readonly<Record<string, Fault>> = {
  throttled: 'throttle',
  'timeout-before': { name: 'TimeoutError', message: 'TimeoutError' },
  'timeout-after': 'timeout-after-write',
}

type Dice = (sides: number) => number

/** The generator "mulberry32": the same throws for the same seed. */
function dice(seed: number): Dice {
  let state = seed
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

function pick<Value>(values: readonly Value[], roll: Dice): Value {
  return values[roll(values.length)] as Value
}

function actions(roll: Dice): string[] {
  return Array.from({ length: 1 + roll(4) }, () => pick(ACTIONS, roll))
}

const OWN_SIDS = await Promise.all(KEYS.map((keyArn) => ourName(STATEMENT_PREFIX, ROLE, keyArn)))
const ORPHAN = 'AROAEXAMPLEOLD000001'

function keyStatement(index: number, ownSid: string, roll: Dice): PolicyStatement {
  // Now and then what a person made of the library's own statement.
  const Sid = index === 0 && roll(3) === 0 ? ownSid : `S ${index}`
  const condition = roll(3) === 0 ? { Condition: pick(CONDITIONS, roll) ?? {} } : {}
  // A Deny of everything would lock the administrator out, and KMS takes no such policy.
  const Action = pick(ACTIONS.slice(0, -1), roll)
  const denied = { Sid, Effect: 'Deny', Principal: '*', Action, Resource: '*' }
  switch (roll(8)) {
    case 0:
    case 1:
      return { ...DELEGATION, Sid, ...condition }
    case 2:
      return { ...DELEGATION, Sid, Action: actions(roll), ...condition }
    case 3:
      return { ...GUIDE, Sid, Action: actions(roll), ...condition }
    case 4:
      return { ...GUIDE, Sid, ...condition }
    case 5:
      return { ...denied, ...condition }
    case 6:
      return { ...denied, Condition: pick(CONDITIONS, roll) ?? {} }
    default:
      return {
        ...GUIDE,
        Sid,
        Principal: { AWS: pick([ORPHAN, [ORPHAN, '444455556666'], '444455556666'], roll) },
      }
  }
}

function randomCloud(roll: Dice): FakeAws {
  const [output = '', volume = ''] = OWN_SIDS.map((ownSid) => {
    const others = Array.from({ length: roll(3) }, (_, index) => keyStatement(index, ownSid, roll))
    const single = others.length === 0 && roll(2) === 0
    const document = { Version: '2012-10-17', Statement: single ? ADMIN : [ADMIN, ...others] }
    return JSON.stringify(document, null, pick([0, 2, 4, '\t'], roll))
  })
  const inline = Array.from({ length: roll(3) }, (_, index): [string, PolicyDocument] => [
    `Other${index}`,
    policy({
      Effect: roll(6) === 0 ? 'Deny' : 'Allow',
      Action: actions(roll),
      Resource: pick([...KEYS, '*'], roll),
    }),
  ])
  const boundary =
    roll(6) === 0 && policy({ Effect: 'Allow', Action: roll(2) === 0 ? '*' : actions(roll), Resource: '*' })
  return cloudWith(output, {
    volume,
    role: { inline: Object.fromEntries(inline), ...(boundary && { boundary }) },
  })
}

function policy(statement: PolicyStatement): PolicyDocument {
  return { Version: '2012-10-17', Statement: [statement] }
}

interface Snapshot {
  readonly policies: ReadonlyMap<string, string>
  readonly inline: Readonly<Record<string, string>>
}

async function snapshot(cloud: FakeAws): Promise<Snapshot> {
  const policies = new Map<string, string>()
  for (const key of KEYS) policies.set(key, await keyPolicyOf(cloud, key))
  return { policies, inline: await inlineOf(cloud) }
}

/** Everything that is not the library's own, in its meaning. */
function others({ policies, inline }: Snapshot, plan: PermissionPlan): unknown {
  return [
    [...policies].map(([key, text]) => {
      const change = plan.changes.find((one) => one.kind === 'key-policy' && one.keyArn === key)
      if (change?.kind !== 'key-policy') return [key, canonicalPolicy(text)]
      const cleaned = change.removedPrincipals.length > 0 ? withoutOrphan(text) : text
      return [key, canonicalPolicy(cleaned, change.sid)]
    }),
    Object.entries(inline).filter(([name]) => !name.startsWith('SmGroundTruthKms-')),
  ]
}

/** The library's own code takes ids out of the text; here the document is made anew. */
function withoutOrphan(text: string): string {
  const document = JSON.parse(text) as { readonly Statement: PolicyStatement | PolicyStatement[] }
  const statements = [document.Statement].flat().flatMap((statement) => {
    const names = [(statement.Principal as { readonly AWS: string | string[] } | undefined)?.AWS ?? []].flat()
    if (statement.Effect !== 'Allow' || !names.includes(ORPHAN)) return [statement]
    const left = names.filter((name) => name !== ORPHAN)
    return left.length === 0 ? [] : [{ ...statement, Principal: { AWS: left } }]
  })
  return JSON.stringify({ ...document, Statement: statements })
}

/** What undo gives back: every own statement and policy as it was, and no orphan. */
function restored({ policies, inline }: Snapshot, plan: PermissionPlan): unknown {
  const cleaned = cleanedKeys(plan)
  return [
    [...policies].map(([key, text]) => [
      key,
      cleaned.includes(key) ? canonicalPolicy(withoutEverything(withoutOrphan(text))) : text,
    ]),
    inline,
  ]
}

/** What a person made of the library's own statement, and gives more than it ever does, is not put back. */
function withoutEverything(text: string): string {
  const document = JSON.parse(text) as { readonly Statement: PolicyStatement[] }
  const isKept = (statement: PolicyStatement) =>
    !OWN_SIDS.includes(String(statement.Sid)) || !allowsEverything(statement)
  return JSON.stringify({ ...document, Statement: [document.Statement].flat().filter(isKept) })
}

/** The keys whose policies lose an id that KMS would not take back, or a right that undo does not give. */
function cleanedKeys(plan: PermissionPlan): readonly string[] {
  return plan.changes.flatMap((change) => {
    if (change.kind !== 'key-policy') return []
    const isOrphan = change.removedPrincipals.length > 0 || JSON.stringify(change.replaces).includes(ORPHAN)
    return isOrphan || allowsEverything(change.replaces) ? [change.keyArn] : []
  })
}

function allowsEverything(replaced: PolicyStatement | null): boolean {
  return [replaced?.Action ?? []].flat().includes('kms:*')
}

function targeted(plan: PermissionPlan): readonly string[] {
  const left = new Set(plan.notFixed.map(({ decision }) => `${decision.keyArn} ${decision.action}`))
  return plan.report.decisions
    .map(({ keyArn, action }) => `${keyArn} ${action}`)
    .filter((name) => !left.has(name))
}

describe('a plan over random policies', () => {
  test(`mends what it says and nothing else, once, and can be taken back (${WORLDS} worlds, seed ${SEED})`, async () => {
    const roll = dice(SEED)
    const seen = { mended: 0, notFixed: 0, nothing: 0, cleaned: 0, replaced: 0 }
    for (let index = 0; index < WORLDS; index++) {
      const cloud = randomCloud(roll)
      const aws = cloud.connect()
      const before = await snapshot(cloud)
      const options = {
        prefer: pick(['auto', 'guide'] as const, roll),
        removeDeletedPrincipals: roll(2) === 0,
      }

      const plan = await planPermissions(JOB, aws, options)
      const planned = writesOf(cloud).length
      const applied = await applyPlan(plan, aws)
      const report = await checkPermissions(JOB, aws)
      const allowed = report.decisions
        .filter(({ verdict }) => verdict === 'allowed')
        .map(({ keyArn, action }) => `${keyArn} ${action}`)
      const after = await snapshot(cloud)
      const writes = writesOf(cloud).length
      const again = await planPermissions(JOB, aws, options)
      const second = await applyPlan(plan, aws)
      const secondWrites = writesOf(cloud).length - writes
      await undo(applied.undo, aws)

      const where = `world ${index} of seed ${SEED}`
      expect(planned, where).toBe(0)
      expect(allowed, where).toEqual(expect.arrayContaining([...targeted(plan)]))
      expect(others(after, plan), where).toEqual(others(before, plan))
      expect([again.changes, second.undo.entries, secondWrites], where).toEqual([[], [], 0])
      const cleaned = cleanedKeys(plan)
      if (cleaned.length === 0) expect(await snapshot(cloud), where).toEqual(before)
      else {
        seen.cleaned++
        expect(restored(await snapshot(cloud), plan), where).toEqual(restored(before, plan))
      }
      if (plan.changes.length > 0) seen.mended++
      else seen.nothing++
      if (plan.changes.some((one) => one.kind === 'key-policy' && one.replaces !== null)) seen.replaced++
      if (plan.notFixed.length > 0) seen.notFixed++
    }
    expect(Object.entries(seen).filter(([, count]) => count < WORLDS / 100)).toEqual([])
  })

  test(`is written by nothing but apply (${FEWER_WORLDS} worlds)`, async () => {
    const roll = dice(SEED + 4)
    const seen = { met: 0, 'permissions-not-met': 0, 'permissions-plan-refused': 0 }
    for (let index = 0; index < FEWER_WORLDS; index++) {
      const cloud = randomCloud(roll)
      const aws = cloud.connect()
      const options = {
        prefer: pick(['auto', 'guide', 'grant'] as const, roll),
        removeDeletedPrincipals: roll(2) === 0,
        addDocumentedStatement: roll(2) === 0,
        ...pick([{}, { apply: false }, { apply: () => false }], roll),
      }

      const outcome = await ensurePermissions(JOB, aws, options).then(
        () => 'met',
        (thrown) => thrown.code,
      )

      expect(writesOf(cloud), `world ${index} of seed ${SEED + 4}`).toEqual([])
      seen[outcome as keyof typeof seen]++
    }
    expect(Object.values(seen).reduce((sum, count) => sum + count)).toBe(FEWER_WORLDS)
    expect(Object.values(seen).every((count) => count > 0)).toBe(true)
  })

  test('loses no statement of others under lost updates, throttling, timeouts, slow reads and a crash', async () => {
    const roll = dice(SEED + 1)
    const seen = new Map<string, number>()
    for (let index = 0; index < FEWER_WORLDS; index++) {
      const cloud = randomCloud(roll)
      const aws = cloud.connect()
      const plan = await planPermissions(JOB, aws, { prefer: pick(['auto', 'guide'] as const, roll) })
      if (plan.changes.length === 0) continue
      const before = await snapshot(cloud)
      const fault = pick(
        ['lost', 'throttled', 'timeout-before', 'timeout-after', 'slow', 'crash'] as const,
        roll,
      )
      const theirs: PolicyStatement = { ...ADMIN, Sid: 'Theirs', Principal: { AWS: '444455556666' } }
      const foreign = new Map<string, string>()
      let [isOver, writes] = [false, 0]
      const harmed = 1 + roll(2)
      const strike = (): Fault | undefined => {
        writes++
        if (isOver) return undefined
        if (fault === 'slow') return 'slow-propagation'
        if (fault === 'crash') return writes > 1 ? 'access-denied' : undefined
        return writes <= harmed ? FAULTS[fault] : undefined
      }
      const overwrite = async ({ input, caller }: InjectedCall) => {
        if (isOver || fault !== 'lost' || caller !== CALLER) return
        // KMS takes no text that names a deleted principal from the other writer either.
        const was = before.policies.get(input['KeyId'] as string) ?? ''
        const old = JSON.parse(removeDeletedPrincipals(was, deletedPrincipalsIn(JSON.parse(was)), 'it'))
        const text = JSON.stringify({ ...old, Statement: [old.Statement, theirs].flat() })
        foreign.set(input['KeyId'] as string, text)
        await putKeyPolicy(cloud, input['KeyId'] as string, text)
      }
      for (const call of ['kms:PutKeyPolicy', 'iam:PutRolePolicy']) {
        cloud.inject({ call, fault: { before: strike }, times: Number.POSITIVE_INFINITY })
      }
      cloud.inject({
        call: 'kms:PutKeyPolicy',
        fault: { after: overwrite },
        times: Number.POSITIVE_INFINITY,
      })

      const outcome: { undo: UndoInfo; code: string } = await applyPlan(plan, aws).then(
        ({ undo, done }) => ({
          undo,
          code: done.every(({ status: state }) => state === 'verified') ? 'verified' : 'open',
        }),
        (thrown) => {
          if (!isChangeError(thrown)) throw thrown
          return { undo: thrown.data.undo, code: thrown.code }
        },
      )
      const written = await snapshot(cloud)
      isOver = true
      await undo(outcome.undo, aws)

      const where = `world ${index} of seed ${SEED + 1}, ${fault}`
      const changesKeys = plan.changes.some(({ kind }) => kind === 'key-policy')
      const expected =
        fault === 'lost' && changesKeys
          ? 'permissions-lost-update'
          : fault === 'crash' && plan.changes.length > 1
            ? 'permissions-apply-failed'
            : 'verified'
      const kept = { ...before, policies: new Map([...before.policies, ...foreign]) }
      expect(outcome.code, where).toBe(expected)
      expect(others(written, plan), where).toEqual(others(kept, plan))
      expect(others(await snapshot(cloud), plan), where).toEqual(others(kept, plan))
      expect((await snapshot(cloud)).inline, where).toEqual(before.inline)
      seen.set(fault, (seen.get(fault) ?? 0) + 1)
    }
    expect([...seen.keys()].sort()).toEqual([
      'crash',
      'lost',
      'slow',
      'throttled',
      'timeout-after',
      'timeout-before',
    ])
  })
})

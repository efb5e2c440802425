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
import type { PolicyStatement } from '../../../src/permissions/policy/policy-document.js'
import { runs } from '../../support/runs.js'
import {
  ADMIN,
  awsError,
  DELEGATION,
  GUIDE,
  OUTPUT_KEY,
  ROLE,
  resolvedJob,
  SmallAws,
  VOLUME_KEY,
} from '../small-aws.js'

const SEED = 20_261_123
const WORLDS = runs(5_000)
/** Enough for each outcome to come up, those included that one world in fifty has. */
const FEWER_WORLDS = Math.max(runs(1_000), 200)
const KEYS = [OUTPUT_KEY, VOLUME_KEY]
const JOB = resolvedJob({ output: OUTPUT_KEY, volume: VOLUME_KEY })
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

const OWN_SID = await ourName(STATEMENT_PREFIX, ROLE)
const ORPHAN = 'AROAEXAMPLEOLD000001'

function keyStatement(index: number, roll: Dice): PolicyStatement {
  // Now and then what a person made of the library's own statement.
  const Sid = index === 0 && roll(3) === 0 ? OWN_SID : `S ${index}`
  const condition = roll(3) === 0 ? { Condition: pick(CONDITIONS, roll) ?? {} } : {}
  const denied = { Sid, Effect: 'Deny', Principal: '*', Action: pick(ACTIONS, roll), Resource: '*' }
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

function randomWorld(roll: Dice): SmallAws {
  const world = new SmallAws()
  for (const key of KEYS) {
    const others = Array.from({ length: roll(3) }, (_, index) => keyStatement(index, roll))
    const single = others.length === 0 && roll(2) === 0
    const document = { Version: '2012-10-17', Statement: single ? ADMIN : [ADMIN, ...others] }
    world.policies.set(key, JSON.stringify(document, null, pick([0, 2, 4, '\t'], roll)))
  }
  for (let index = roll(3); index > 0; index--) {
    const statement = {
      Effect: roll(6) === 0 ? 'Deny' : 'Allow',
      Action: actions(roll),
      Resource: pick([...KEYS, '*'], roll),
    }
    world.inline.set(`Other${index}`, JSON.stringify({ Version: '2012-10-17', Statement: [statement] }))
  }
  if (roll(6) === 0) {
    world.boundary = 'arn:aws:iam::111122223333:policy/Bound'
    const allowed = { Effect: 'Allow', Action: roll(2) === 0 ? '*' : actions(roll), Resource: '*' }
    world.managed.set(world.boundary, JSON.stringify({ Version: '2012-10-17', Statement: allowed }))
  }
  return world
}

interface Snapshot {
  readonly policies: ReadonlyMap<string, string>
  readonly inline: ReadonlyMap<string, string>
}

function snapshot({ policies, inline }: SmallAws): Snapshot {
  return { policies: new Map(policies), inline: new Map(inline) }
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
    [...inline].filter(([name]) => !name.startsWith('SmGroundTruthKms-')),
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
    [...inline],
  ]
}

/** What a person made of the library's own statement, and gives more than it ever does, is not put back. */
function withoutEverything(text: string): string {
  const document = JSON.parse(text) as { readonly Statement: PolicyStatement[] }
  const isKept = (statement: PolicyStatement) => statement.Sid !== OWN_SID || !allowsEverything(statement)
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
      const world = randomWorld(roll)
      const aws = world.connectPlainly()
      const before = snapshot(world)
      const options = {
        prefer: pick(['auto', 'guide'] as const, roll),
        removeDeletedPrincipals: roll(2) === 0,
      }

      const plan = await planPermissions(JOB, aws, options)
      const planned = world.writes.length
      const applied = await applyPlan(plan, aws)
      const report = await checkPermissions(JOB, aws)
      const allowed = report.decisions
        .filter(({ verdict }) => verdict === 'allowed')
        .map(({ keyArn, action }) => `${keyArn} ${action}`)
      const after = snapshot(world)
      const writes = world.writes.length
      const again = await planPermissions(JOB, aws, options)
      const second = await applyPlan(plan, aws)
      const secondWrites = world.writes.length - writes
      await undo(applied.undo, aws)

      const where = `world ${index} of seed ${SEED}`
      expect(planned, where).toBe(0)
      expect(allowed, where).toEqual(expect.arrayContaining([...targeted(plan)]))
      expect(others(after, plan), where).toEqual(others(before, plan))
      expect([again.changes, second.undo.entries, secondWrites], where).toEqual([[], [], 0])
      const cleaned = cleanedKeys(plan)
      if (cleaned.length === 0) expect(snapshot(world), where).toEqual(before)
      else {
        seen.cleaned++
        expect(restored(snapshot(world), plan), where).toEqual(restored(before, plan))
      }
      if (plan.changes.length > 0) seen.mended++
      else seen.nothing++
      if (plan.changes.some((one) => one.kind === 'key-policy' && one.replaces !== null)) seen.replaced++
      if (plan.notFixed.length > 0) seen.notFixed++
    }
    expect(Object.entries(seen).filter(([, count]) => count < WORLDS / 100)).toEqual([])
  })

  test(`is written by nothing but apply (${FEWER_WORLDS} worlds)`, async () => {
    const roll = dice(SEED + 2)
    const seen = { met: 0, 'permissions-not-met': 0, 'permissions-plan-refused': 0 }
    for (let index = 0; index < FEWER_WORLDS; index++) {
      const world = randomWorld(roll)
      const aws = world.connectPlainly()
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

      expect(world.writes, `world ${index} of seed ${SEED + 2}`).toEqual([])
      seen[outcome as keyof typeof seen]++
    }
    expect(Object.values(seen).reduce((sum, count) => sum + count)).toBe(FEWER_WORLDS)
    expect(Object.values(seen).every((count) => count > 0)).toBe(true)
  })

  test('loses no statement of others under lost updates, throttling, timeouts, slow reads and a crash', async () => {
    const roll = dice(SEED + 1)
    const seen = new Map<string, number>()
    for (let index = 0; index < FEWER_WORLDS; index++) {
      const world = randomWorld(roll)
      const aws = world.connectPlainly()
      const plan = await planPermissions(JOB, aws, { prefer: pick(['auto', 'guide'] as const, roll) })
      if (plan.changes.length === 0) continue
      const before = snapshot(world)
      const fault = pick(
        ['lost', 'throttled', 'timeout-before', 'timeout-after', 'slow', 'crash'] as const,
        roll,
      )
      const theirs: PolicyStatement = { ...ADMIN, Sid: 'Theirs', Principal: { AWS: '444455556666' } }
      const foreign = new Map<string, string>()
      let count = fault === 'crash' ? 0 : 1 + roll(2)
      world.slowReads = fault === 'slow' ? roll(6) : 0
      const isWrite = (call: string) => call === 'PutKeyPolicy' || call === 'PutRolePolicy'
      world.before = (call) => {
        if (!isWrite(call)) return
        if (fault === 'crash' && count++ > 0) throw awsError('AccessDeniedException')
        if (fault === 'throttled' && count-- > 0) throw awsError('ThrottlingException')
        if (fault === 'timeout-before' && count-- > 0) throw awsError('TimeoutError')
      }
      world.after = (call, input) => {
        if (fault === 'timeout-after' && isWrite(call) && count-- > 0) throw awsError('TimeoutError')
        if (fault !== 'lost' || call !== 'PutKeyPolicy') return
        const old = JSON.parse(before.policies.get(input['KeyId'] ?? '') ?? '')
        const text = JSON.stringify({ ...old, Statement: [old.Statement, theirs].flat() })
        foreign.set(input['KeyId'] ?? '', text)
        world.policies.set(input['KeyId'] ?? '', text)
      }

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
      const written = snapshot(world)
      world.before = () => undefined
      world.after = () => undefined
      world.slowReads = 0
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
      expect(others(snapshot(world), plan), where).toEqual(others(kept, plan))
      expect([...world.inline], where).toEqual([...before.inline])
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

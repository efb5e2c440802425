import { describe, expect, test } from 'vitest'
import {
  singleActions,
  wantedActions,
  whyNotOfPlan,
  whyNotWhole,
} from '../../../src/permissions/apply/verify-decisions.js'
import type { CheckedDecision } from '../../../src/permissions/check/decide-requirements.js'
import { asPropagating } from '../../../src/permissions/check/propagation.js'
import type { PermissionChange } from '../../../src/permissions/plan/permission-change.js'
import type { PermissionPlanData } from '../../../src/permissions/plan/permission-plan.js'
import { keyRequirements } from '../../../src/permissions/requirements/key-requirements.js'
import { checkedDecision, KEY, ROLE } from '../check/checked-decision.js'
import { GUIDE } from '../labeling-account.js'

const OTHER_KEY = KEY.replace('11111111', '22222222')
const DOUBT = { kind: 'session-name', policy: 'key-policy', statement: 'A' } as const
const on = (verdict: CheckedDecision['verdict'], more: Partial<CheckedDecision> = {}) =>
  checkedDecision({ verdict, ...more })
const waited = (decision: CheckedDecision) => asPropagating(decision, '2026-11-23T12:00:00.000Z')

function planWith(before: readonly CheckedDecision[], after: readonly CheckedDecision[], keys: unknown = []) {
  return { report: { role: ROLE, keys, decisions: before }, after } as unknown as PermissionPlanData
}

describe('the decisions of a plan', () => {
  const decisions = (keys: Parameters<typeof keyRequirements>[1]) =>
    keyRequirements(ROLE, keys).map((requirement) => on('missing', requirement))
  const both = decisions({ output: KEY, volume: OTHER_KEY })
  const keys = [
    { arn: KEY, purposes: ['output'] },
    { arn: OTHER_KEY, purposes: ['volume'] },
  ]
  const WRONG = 'its decisions are not those on its role and its keys'

  test('are those on every action that its role needs on its keys', () => {
    const volume = decisions({ volume: KEY })

    expect(whyNotOfPlan(planWith(both, both, keys))).toBeUndefined()
    expect(whyNotOfPlan(planWith(volume, volume, [{ arn: KEY, purposes: ['volume'] }]))).toBeUndefined()
    expect(whyNotOfPlan(planWith([], [], []))).toBeUndefined()
  })

  test.each([
    ['one is missing', both.slice(1)],
    ['one is there twice', [...both, both[0] as CheckedDecision]],
    ['they stand in another order', both.toReversed()],
    ['one is on another action', both.map((one, index) => (index === 0 ? { ...one, action: 'kms:*' } : one))],
    ['one is on another key', both.map((one, index) => (index === 0 ? { ...one, keyArn: OTHER_KEY } : one))],
    [
      'one is on another role',
      both.map((one, index) => (index === 0 ? { ...one, roleArn: `${ROLE}2` } : one)),
    ],
    ['there are none', []],
  ])('are not when %s, before or after', (_, altered) => {
    expect(whyNotOfPlan(planWith(altered, both, keys))).toBe(WRONG)
    expect(whyNotOfPlan(planWith(both, altered, keys))).toBe(WRONG)
  })

  test('are not those on a key that is for something else', () => {
    expect(
      whyNotOfPlan(
        planWith(
          both,
          both,
          keys.toReversed().map((key) => ({ ...key, purposes: ['output'] })),
        ),
      ),
    ).toBe(WRONG)
  })
})

describe('a change adds', () => {
  const added = (before: CheckedDecision, after: CheckedDecision) =>
    wantedActions(planWith([before], [after]), KEY, ['kms:Decrypt'])

  test.each([
    ['what was missing and would be allowed', on('missing'), on('allowed')],
    ['what was unknown and would be allowed', on('unknown'), on('allowed')],
    ['what was missing and would be unknown', on('missing'), on('unknown')],
    ['that for which less stands in the way', on('unknown', { unknownBecause: [DOUBT] }), on('unknown')],
    [
      'that for which the side of the role would be settled',
      on('unknown', { identityVerdict: 'missing' }),
      on('unknown', { identityVerdict: 'allowed' }),
    ],
    ['what the simulator doubts, which stands in both', on('unknown', { basis: 'simulated' }), on('unknown')],
    ['what a probe was refused', on('missing', { basis: 'probed' }), on('missing', { basis: 'probed' })],
  ])('%s', (_, before, after) => {
    expect(added(before, after)).toEqual({ actions: ['kms:Decrypt'], alreadyAllowed: [] })
  })

  test.each([
    ['what is denied', on('denied'), on('allowed')],
    ['what a probe found denied', on('denied', { basis: 'probed' }), on('denied')],
    ['what only has to be waited for', waited(on('allowed')), on('allowed')],
    ['what only has to be waited for by a probe', waited(on('allowed', { basis: 'probed' })), on('allowed')],
    ['what it does not help', on('missing'), on('missing')],
    [
      'what is as unknown afterwards',
      on('unknown', { unknownBecause: [DOUBT] }),
      on('unknown', { unknownBecause: [DOUBT] }),
    ],
  ])('not %s', (_, before, after) => {
    expect(added(before, after)).toEqual({ actions: [], alreadyAllowed: [] })
  })

  test('no action that was not given, is on another key or is allowed already', () => {
    const [encrypt, otherKey, allowed] = [
      on('missing', { action: 'kms:Encrypt' }),
      on('missing', { keyArn: OTHER_KEY }),
      on('allowed', { action: 'kms:DescribeKey' }),
    ]
    const before = [on('missing'), encrypt, otherKey, allowed]
    const after = before.map((one) => ({ ...one, verdict: 'allowed' as const }))

    expect(wantedActions(planWith(before, after), KEY, ['kms:Decrypt', 'kms:DescribeKey'])).toEqual({
      actions: ['kms:Decrypt'],
      alreadyAllowed: ['kms:DescribeKey'],
    })
  })
})

test('the words of the guide stand for single actions only where all of them are there', () => {
  const words = GUIDE.Action as readonly string[]

  expect(singleActions([...words, 'kms:CreateGrant'])).toEqual([
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
    'kms:GenerateDataKeyPair',
    'kms:GenerateDataKeyPairWithoutPlaintext',
    ...words,
    'kms:CreateGrant',
  ])
  expect(singleActions(words.slice(1))).toEqual(words.slice(1))
})

describe('a plan is whole', () => {
  const change = (kind: 'key-policy' | 'role-policy', actions: readonly string[], keyArn = KEY) =>
    ({ kind, keyArn, actions }) as unknown as PermissionChange
  const grant = (operations: readonly string[]) =>
    ({ kind: 'grant', keyArn: KEY, operations }) as unknown as PermissionChange
  const missing = planWith([on('missing')], [on('allowed')])
  const LACKS = `it has no change any more for kms:Decrypt on ${KEY}`

  test.each([
    ['its action', [change('key-policy', ['kms:Decrypt'])]],
    ['a pattern', [change('key-policy', ['kms:Dec*'])]],
    ['a grant', [grant(['Encrypt', 'Decrypt'])]],
    ['one of two changes', [change('key-policy', ['kms:Encrypt']), change('role-policy', ['kms:Decrypt'])]],
  ])('when what it gives is covered by %s', (_, changes) => {
    expect(whyNotWhole(missing, changes)).toBeUndefined()
  })

  test.each([
    ['nothing', []],
    ['another action', [change('key-policy', ['kms:Encrypt'])]],
    ['the beginning of its action', [change('key-policy', ['kms:Dec'])]],
    ['a pattern of other actions', [change('key-policy', ['kms:Enc*'])]],
    ['a change on another key', [change('key-policy', ['kms:Decrypt'], OTHER_KEY)]],
    ['another grant', [grant(['Encrypt'])]],
    ['a grant that names the action in full', [grant(['kms:Decrypt'])]],
  ])('and not when it is covered by %s', (_, changes) => {
    expect(whyNotWhole(missing, changes)).toBe(LACKS)
  })

  test('and not with a change of one kind on one key twice', () => {
    const [one, other] = [change('key-policy', ['kms:Decrypt']), change('key-policy', ['kms:Encrypt'])]

    expect(whyNotWhole(missing, [one, other])).toBe('it has one change twice')
    expect(whyNotWhole(missing, [one, change('key-policy', ['kms:Decrypt'], OTHER_KEY)])).toBeUndefined()
  })

  test.each([
    ['what was allowed', on('allowed'), on('allowed'), undefined],
    ['what only had to be waited for', waited(on('allowed')), on('allowed'), undefined],
    ['what stays missing', on('missing'), on('missing'), undefined],
    ['what stays unknown', on('unknown'), on('unknown'), undefined],
    ['what was unknown and is allowed then', on('unknown'), on('allowed'), LACKS],
    [
      'what the role is allowed then on its side',
      on('unknown', { identityVerdict: 'missing' }),
      on('unknown', { identityVerdict: 'allowed' }),
      LACKS,
    ],
  ])('without a change for %s: %#', (_, before, after, why) => {
    expect(whyNotWhole(planWith([before], [after]), [])).toBe(why)
  })

  test('when what was unknown is settled by a change for other actions on the same key', () => {
    const other = [change('key-policy', ['kms:Encrypt'])]

    expect(whyNotWhole(planWith([on('unknown')], [on('allowed')]), other)).toBeUndefined()
    expect(whyNotWhole(planWith([on('missing')], [on('allowed')]), other)).toBe(LACKS)
    expect(
      whyNotWhole(planWith([on('unknown')], [on('allowed')]), [
        change('key-policy', ['kms:Encrypt'], OTHER_KEY),
      ]),
    ).toBe(LACKS)
    expect(
      whyNotWhole(planWith([on('unknown')], [on('allowed')]), [
        ...other,
        change('key-policy', ['kms:Encrypt'], OTHER_KEY),
      ]),
    ).toBeUndefined()
  })
})

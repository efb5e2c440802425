import { describe, expect, test } from 'vitest'
import type { CheckedDecision } from '../../../src/permissions/check/decide-requirements.js'
import { asPropagating } from '../../../src/permissions/check/propagation.js'
import {
  decisionOn,
  lostActions,
  withSecondOpinions,
} from '../../../src/permissions/plan/compare-decisions.js'
import { checkedDecision, KEY } from '../check/checked-decision.js'

const OTHER_KEY = KEY.replace('11111111', '22222222')
const on = (verdict: CheckedDecision['verdict'], more: Partial<CheckedDecision> = {}) =>
  checkedDecision({ verdict, ...more })

test('a decision is found by its action and its key', () => {
  const [encrypt, otherKey, sought] = [
    on('allowed', { action: 'kms:Encrypt' }),
    on('allowed', { keyArn: OTHER_KEY }),
    on('missing'),
  ] as const
  const found = on('unknown')

  expect(decisionOn([encrypt, otherKey, found], sought)).toBe(found)
  expect(decisionOn([encrypt, otherKey], sought)).toBe(sought)
})

describe('a plan takes away', () => {
  test.each([
    ['allowed', 'unknown', true],
    ['allowed', 'missing', true],
    ['allowed', 'denied', true],
    ['unknown', 'missing', true],
    ['unknown', 'denied', true],
    ['allowed', 'allowed', false],
    ['unknown', 'unknown', false],
    ['unknown', 'allowed', false],
    ['missing', 'denied', false],
    ['denied', 'missing', false],
    ['missing', 'allowed', false],
  ] as const)('what was %s and would be %s: %s', (before, after, isLost) => {
    expect([...lostActions([on(before)], [on(after)])]).toEqual(isLost ? [[KEY, ['kms:Decrypt']]] : [])
  })

  test('the actions of each key apart', () => {
    const before = [
      on('allowed'),
      on('allowed', { action: 'kms:Encrypt' }),
      on('allowed', { keyArn: OTHER_KEY }),
      on('missing', { action: 'kms:CreateGrant' }),
    ]

    expect([
      ...lostActions(
        before,
        before.map((one) => ({ ...one, verdict: 'missing' as const })),
      ),
    ]).toEqual([
      [KEY, ['kms:Decrypt', 'kms:Encrypt']],
      [OTHER_KEY, ['kms:Decrypt']],
    ])
  })
})

describe('of a planned action', () => {
  const DISAGREE = { kind: 'evaluators-disagree', detail: 'x' } as const
  const CONDITION = { kind: 'session-name', policy: 'key-policy', statement: 'A' } as const
  const after = on('allowed', { evidence: [] })

  test('what a probe found in the way stays', () => {
    const opinion = on('missing', { basis: 'probed' })

    expect(withSecondOpinions([opinion], [on('unknown')], [after])).toEqual([opinion])
    expect(withSecondOpinions([opinion], [on('missing')], [after])).toEqual([after])
    expect(withSecondOpinions([on('unknown', { basis: 'probed' })], [on('unknown')], [after])).toEqual([
      after,
    ])
  })

  test('what a probe or the simulator found allowed stays', () => {
    for (const basis of ['probed', 'simulated'] as const) {
      const opinion = on('allowed', { basis })

      expect(withSecondOpinions([opinion], [on('unknown')], [on('unknown')])).toEqual([opinion])
    }
  })

  test('our own decision, and what only had to be waited for, is decided again', () => {
    const waited = asPropagating(on('allowed', { basis: 'probed' }), '2026-11-23T12:00:00.000Z')

    expect(withSecondOpinions([on('allowed')], [on('allowed')], [on('missing')])).toEqual([on('missing')])
    expect(withSecondOpinions([waited], [on('allowed')], [after])).toEqual([after])
  })

  test('what the simulator doubts stays, whatever else is not known', () => {
    const doubted = (...unknownBecause: CheckedDecision['unknownBecause']) =>
      on('unknown', { basis: 'simulated', unknownBecause })

    for (const opinion of [doubted(DISAGREE), doubted(CONDITION, DISAGREE)])
      expect(withSecondOpinions([opinion], [on('missing')], [after])).toEqual([opinion])
    for (const opinion of [doubted(CONDITION), doubted()])
      expect(withSecondOpinions([opinion], [on('missing')], [after])).toEqual([after])
  })
})

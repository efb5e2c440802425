import { describe, expect, test } from 'vitest'
import { decidePermission } from '../../../src/permissions/decide/decide-permission.js'
import type { Decision } from '../../../src/permissions/decide/decision.js'
import { readOwnCases, readWholeCases, TOPICS } from '../../support/decision-cases.js'

for (const topic of TOPICS) {
  const cases = readOwnCases(topic)

  describe(topic, () => {
    test.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
      const decision = decidePermission(each.question)

      expect(decision.verdict, `${each.why}\n${JSON.stringify(decision, null, 2)}`).toBe(each.expected)
      if (each.reasons) expect(kindsOf(decision)).toEqual([...each.reasons].sort())
      if (each.missingIn) expect([...decision.missingIn].sort()).toEqual([...each.missingIn].sort())
      if (each.paths) {
        expect(Object.fromEntries(decision.paths.map(({ name, verdict }) => [name, verdict]))).toEqual(
          each.paths,
        )
      }
      if (each.expected === 'unknown') expect(decision.unknownBecause).not.toEqual([])
      else expect(decision.unknownBecause).toEqual([])
    })
  })
}

test('a case says nothing that is not looked at', () => {
  const known = new Set(['name', 'question', 'expected', 'why', 'reasons', 'missingIn', 'paths'])
  const fields = TOPICS.flatMap(readOwnCases).flatMap(Object.keys)

  expect(fields.filter((field) => !known.has(field))).toEqual([])
})

describe('a whole question', () => {
  test.each(readWholeCases())('$name', ({ question, expected }) => {
    const decision = decidePermission(question)

    expect(decision.verdict, JSON.stringify(decision, null, 2)).toBe(expected)
    expect(decision.unknownBecause.length > 0).toBe(expected === 'unknown')
  })
})

function kindsOf(decision: Decision): readonly string[] {
  return [...new Set(decision.unknownBecause.map((reason) => reason.kind))].sort()
}

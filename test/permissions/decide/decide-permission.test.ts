import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decidePermission } from '../../../src/permissions/decide/decide-permission.js'
import type { Decision } from '../../../src/permissions/decide/decision.js'
import type { PermissionQuestion } from '../../../src/permissions/evaluate/question.js'
import type { UnknownReason, Verdict } from '../../../src/permissions/evaluate/unknown-reason.js'
import { readFixture } from '../../fixtures/read-fixture.js'

/** A case of `cases/*.json`: `question` says what differs from the usual question below. */
interface OwnCase {
  readonly name: string
  readonly question: Partial<PermissionQuestion>
  readonly expected: Verdict
  readonly why: string
  /** When given: the kinds of `unknownBecause`, the sides without an Allow, the verdict of each call path. */
  readonly reasons?: readonly UnknownReason['kind'][]
  readonly missingIn?: Decision['missingIn']
  readonly paths?: Readonly<Record<string, Verdict>>
}

interface WholeCase {
  readonly name: string
  readonly question: PermissionQuestion
  readonly expected: Verdict
}

const USUAL: PermissionQuestion = {
  roleArn: 'arn:aws:iam::123456789012:role/labeling/Annotator',
  roleId: 'AROAANNOTATOR0000000',
  keyArn: 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-00000000feed',
  action: 'kms:Decrypt',
  keyPolicy: {
    Version: '2012-10-17',
    Statement: {
      Sid: 'Use',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:role/labeling/Annotator' },
      Action: 'kms:*',
      Resource: '*',
    },
  },
  identityPolicies: [],
}

const folder = new URL('./cases/', import.meta.url)
for (const file of readdirSync(folder).sort()) {
  const cases: readonly OwnCase[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))

  describe(file.replace('.json', ''), () => {
    test.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
      const decision = decidePermission({ ...USUAL, ...each.question })

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
  const fields = readdirSync(folder).flatMap((file) =>
    (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as object[]).flatMap(Object.keys),
  )

  expect(fields.filter((field) => !known.has(field))).toEqual([])
})

describe('a whole question', () => {
  const cases = readFixture<readonly WholeCase[]>('permission-cases')

  test.each(cases)('$name', ({ question, expected }) => {
    const decision = decidePermission(question)

    expect(decision.verdict, JSON.stringify(decision, null, 2)).toBe(expected)
    expect(decision.unknownBecause.length > 0).toBe(expected === 'unknown')
  })
})

function kindsOf(decision: Decision): readonly string[] {
  return [...new Set(decision.unknownBecause.map((reason) => reason.kind))].sort()
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decidePermission } from '../../../src/permissions/decide/decide-permission.js'
import type { Decision } from '../../../src/permissions/decide/decision.js'
import type { PermissionQuestion } from '../../../src/permissions/evaluate/question.js'
import type { UnknownReason, Verdict } from '../../../src/permissions/evaluate/unknown-reason.js'

/** A case of `cases/*.json`: `question` says what differs from the usual question below. */
interface OwnCase {
  readonly name: string
  readonly question: Partial<PermissionQuestion>
  readonly expected: Verdict
  readonly why: string
  /** When given: the kinds of `unknownBecause`, the lacking sides, the verdict of each leg. */
  readonly reasons?: readonly UnknownReason['kind'][]
  readonly lacks?: Decision['missingIn']
  readonly legs?: Readonly<Record<string, Verdict>>
}

interface SharedCase extends PermissionQuestion {
  readonly id: string
  readonly title: string
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
      if (each.lacks) expect([...decision.missingIn].sort()).toEqual([...each.lacks].sort())
      if (each.legs) {
        expect(Object.fromEntries(decision.paths.map((leg) => [leg.name, leg.verdict]))).toEqual(each.legs)
      }
      if (each.expected === 'unknown') expect(decision.unknownBecause).not.toEqual([])
      else expect(decision.unknownBecause).toEqual([])
    })
  })
}

const shared = new URL('../../../../shared/facts/permission-cases.json', import.meta.url)
const sharedCases: readonly SharedCase[] = existsSync(shared)
  ? JSON.parse(readFileSync(shared, 'utf8')).cases
  : []

if (sharedCases.length === 0) test.skip('the shared cases do not lie beside the project', () => {})
else {
  describe('shared case', () => {
    test.each(sharedCases.map((each) => [each.id, each.title, each] as const))('%s: %s', (_, __, each) => {
      const decision = decidePermission(each)

      expect(decision.verdict, JSON.stringify(decision, null, 2)).toBe(each.expected)
      expect(decision.unknownBecause.length > 0).toBe(each.expected === 'unknown')
    })
  })
}

function kindsOf(decision: Decision): readonly string[] {
  return [...new Set(decision.unknownBecause.map((reason) => reason.kind))].sort()
}

import { readdirSync, readFileSync } from 'node:fs'
import type { Decision } from '../../src/permissions/decide/decision.js'
import type { PermissionQuestion } from '../../src/permissions/evaluate/question.js'
import type { UnknownReason, Verdict } from '../../src/permissions/evaluate/unknown-reason.js'
import { readFixture } from '../fixtures/read-fixture.js'

/** A question with the verdict that AWS's documentation gives it. */
export interface DecisionCase {
  readonly name: string
  readonly question: PermissionQuestion & { readonly roleId: string }
  readonly expected: Verdict
}

/** A case of `decide/cases/*.json`, its question completed; there, it says what differs from the usual one. */
export interface OwnCase extends DecisionCase {
  readonly why: string
  /** When given: the kinds of `unknownBecause`, the sides without an Allow, the verdict of each call path. */
  readonly reasons?: readonly UnknownReason['kind'][]
  readonly missingIn?: Decision['missingIn']
  readonly paths?: Readonly<Record<string, Verdict>>
}

const FOLDER = new URL('../permissions/decide/cases/', import.meta.url)

const USUAL: DecisionCase['question'] = {
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

/** The topics of the own cases, each a file. */
export const TOPICS: readonly string[] = readdirSync(FOLDER)
  .map((file) => file.replace('.json', ''))
  .sort()

export function readOwnCases(topic: string): readonly OwnCase[] {
  const cases: readonly OwnCase[] = JSON.parse(readFileSync(new URL(`${topic}.json`, FOLDER), 'utf8'))
  return cases.map((one) => ({ ...one, question: { ...USUAL, ...one.question } }))
}

export function readWholeCases(): readonly DecisionCase[] {
  return readFixture<readonly DecisionCase[]>('permission-cases')
}

import { describe, expect, test } from 'vitest'
import {
  conditionsInWords,
  conditionsOf,
  findDenyingStatement,
  findStatement,
} from '../../../src/permissions/decide/statement-conditions.js'

const ALLOW = { Sid: 'A', Effect: 'Allow', Action: 'kms:Decrypt' }
const DENY = { ...ALLOW, Effect: 'Deny' }
const policies = (...Statement: unknown[]) => [
  { name: 'inline:Other', policy: { Statement: [{ ...DENY, Action: 'other' }] } },
  { name: 'key-policy', policy: JSON.stringify({ Statement }) },
]
const evidence = (statement: string, more: object = {}) =>
  ({ policy: 'key-policy', statement, effect: 'Deny', via: 'role', certain: true, ...more }) as const

describe('the statement that evidence is about', () => {
  test.each([
    ['by its Sid and effect', 'A', [ALLOW, DENY], DENY],
    ['by its place', '#1', [DENY, { Effect: 'Deny', Action: 'x' }], { Effect: 'Deny', Action: 'x' }],
    ['by its place, where its Sid is empty', '#0', [{ ...DENY, Sid: '' }], { ...DENY, Sid: '' }],
    ['by a place of two digits', '#10', [...Array(10).fill(ALLOW), { Effect: 'Deny' }], { Effect: 'Deny' }],
    ['not by the place of one that has a Sid', '#0', [DENY], undefined],
    ['not where two have its Sid', 'A', [DENY, { ...DENY, Action: 'y' }], undefined],
    ['not where there is none', 'B', [DENY], undefined],
    ['not where it is no object', '#0', ['Deny'], undefined],
    ['not where its effect is another', 'A', [ALLOW], undefined],
  ])('is found %s', (_, statement, statements, found) => {
    expect(findStatement(evidence(statement), policies(...statements))).toEqual(found)
  })

  test('is not at hand where its policy is not', () => {
    expect(findStatement(evidence('A', { policy: 'boundary' }), policies(DENY))).toBeUndefined()
    expect(findStatement(evidence('A'), [{ name: 'key-policy', policy: 'UNREADABLE' }])).toBeUndefined()
  })
})

test('the statement that denies is that of the first certain Deny', () => {
  const found = (...list: ReturnType<typeof evidence>[]) =>
    findDenyingStatement({ evidence: list }, policies(DENY, { Effect: 'Deny' }, ALLOW))

  expect(
    found(evidence('#1', { certain: false }), evidence('A', { effect: 'Allow' }), evidence('A')),
  ).toEqual(DENY)
  expect(found(evidence('#1'), evidence('A'))).toEqual({ Effect: 'Deny' })
  expect(found(evidence('A', { certain: false }), evidence('A', { effect: 'Allow' }))).toBeUndefined()
  expect(found()).toBeUndefined()
})

test('conditions are listed one operator and one key at a time, and said in words', () => {
  const conditions = conditionsOf({
    Condition: {
      StringEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'], 'aws:SourceVpc': 'vpc-1' },
      Bool: { 'aws:SecureTransport': true },
      Null: 'x',
    },
  })

  expect(conditions).toEqual([
    { operator: 'StringEquals', key: 'aws:SourceVpce', values: 'vpce-1 or vpce-2' },
    { operator: 'StringEquals', key: 'aws:SourceVpc', values: 'vpc-1' },
    { operator: 'Bool', key: 'aws:SecureTransport', values: 'true' },
  ])
  expect(conditionsInWords(conditions)).toBe(
    'StringEquals aws:SourceVpce: vpce-1 or vpce-2, and StringEquals aws:SourceVpc: vpc-1, and Bool aws:SecureTransport: true',
  )
  expect([undefined, {}, { Condition: 'x' }].map(conditionsOf)).toEqual([[], [], []])
})

import { describe, expect, test } from 'vitest'
import { LabelingJobError } from '../../../src/errors/labeling-job-error.js'
import {
  changeFailed,
  isChangeError,
  type PermissionsChangeErrorData,
  type PermissionsErrorData,
  permissionsNotMet,
} from '../../../src/permissions/apply/permissions-error.js'

const ROLE = 'arn:aws:iam::111122223333:role/GtExec'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-8111-111111111111'

interface Given {
  readonly decisions?: readonly object[]
  readonly problems?: readonly object[]
  readonly notFixed?: readonly object[]
  readonly changes?: readonly object[]
  readonly complete?: boolean
  readonly done?: number
}

function data({
  decisions = [],
  problems = [],
  notFixed = [],
  changes = [],
  complete = true,
  done = 0,
}: Given) {
  return {
    report: { role: ROLE, region: 'us-east-1', decisions, problems },
    plan: { changes, notFixed, complete },
    done: Array.from({ length: done }, () => ({})),
  } as unknown as PermissionsErrorData
}
const missing = (action: string, more: object = {}) => ({
  action,
  keyArn: KEY,
  verdict: 'missing',
  unknownBecause: [],
  ...more,
})
const waiting = (action: string) =>
  missing(action, { verdict: 'unknown', unknownBecause: [{ kind: 'propagating', since: '2026-11-25' }] })
const GRANT = { kind: 'grant', keyArn: KEY, roleArn: ROLE, name: 'gt', operations: ['Decrypt'] }
const PROBLEM = { severity: 'error', what: 'The role is not there', why: 'IAM has none', fix: 'Make it' }
const WARNING = { severity: 'warning', what: 'W', why: 'W', fix: 'W' }

const fix = (given: Given, { code = 'permissions-not-met' as const, isUnseen = false } = {}) =>
  permissionsNotMet(code, data(given), isUnseen).fix

describe('what is not met', () => {
  test('is told by verdict and key, after what is wrong with the role', () => {
    const allowed = missing('kms:DescribeKey', { verdict: 'allowed' })
    const decisions = [allowed, missing('kms:Decrypt'), waiting('kms:Encrypt'), missing('kms:CreateGrant')]

    expect(
      permissionsNotMet('permissions-not-met', data({ decisions, problems: [WARNING, PROBLEM] })),
    ).toMatchObject({
      what: `Cannot confirm that ${ROLE} may use the keys of the job in us-east-1`,
      why: `The role is not there: IAM has none; on ${KEY} missing: kms:Decrypt, kms:CreateGrant; on ${KEY} unknown: kms:Encrypt`,
    })
  })

  test.each<[string, Given, string]>([
    ['nothing to offer', { problems: [WARNING, PROBLEM] }, 'Make it'],
    [
      'reasons why nothing is offered, each once',
      { problems: [PROBLEM], notFixed: [{ why: 'a Deny' }, { why: 'a Deny' }, { why: 'an SCP' }] },
      'Make it. There is no safe change to offer: a Deny; an SCP',
    ],
    ['minutes to wait', { decisions: [waiting('kms:Decrypt')] }, 'Wait some minutes, and check again'],
    [
      'minutes to wait, and a problem',
      { decisions: [waiting('kms:Decrypt')], problems: [PROBLEM] },
      'Make it. Wait some minutes, and check again',
    ],
    [
      'more than minutes to wait',
      { decisions: [waiting('kms:Decrypt'), missing('kms:Encrypt')], notFixed: [{ why: 'a Deny' }] },
      'There is no safe change to offer: a Deny',
    ],
    [
      'one change written',
      { decisions: [missing('kms:Decrypt')], done: 1 },
      'One change was written; see error.data.report for what is left, and undo(error.data.undo, aws) to take back what was written',
    ],
    [
      'two changes written, and minutes to wait',
      { decisions: [waiting('kms:Decrypt')], done: 2 },
      'Wait some minutes, and check again. 2 changes were written; see error.data.report for what is left, and undo(error.data.undo, aws) to take back what was written',
    ],
  ])('with %s', (_, given, words) => {
    expect(fix(given)).toBe(words)
  })

  test('with a plan is mended by it, and the way depends on whether it was shown and is complete', () => {
    const ways = [true, false].flatMap((isUnseen) =>
      [true, false].map((complete) => fix({ changes: [GRANT], complete, problems: [PROBLEM] }, { isUnseen })),
    )

    expect(ways.map((words) => words.slice(0, words.indexOf(':')))).toEqual([
      'Make it. Nothing was written. What would fix it',
      'Make it. Nothing was written. What would fix a part',
      'Make it. Nothing was written. What would fix it',
      'Make it. Nothing was written. What would fix a part',
    ])
    expect(ways.map((words) => words.slice(words.lastIndexOf('. ') + 2))).toEqual([
      '{ apply: true } does not replace a statement of this library that somebody else changed: print error.data.plan, and pass a function as apply to have it replaced',
      '{ apply: true } writes only what makes everything allowed: print error.data.plan, and pass a function as apply to have the part written',
      'Print error.data.plan, and pass { apply: true } to have it written',
      'Print error.data.plan, and pass a function as apply to have it written',
    ])
  })

  test('after a plan was refused is not written', () => {
    const refused = permissionsNotMet('permissions-plan-refused', data({ changes: [GRANT] }))

    expect(refused.fix).toBe('Nothing was written, as the plan was not agreed to')
    expect(permissionsNotMet('permissions-plan-refused', data({ changes: [GRANT], done: 1 })).fix).toMatch(
      /^One change was written/,
    )
  })
})

test.each([
  [0, 'Look'],
  [1, 'Look. One change is in place, or may be: undo(error.data.undo, aws) takes back what was written'],
  [2, 'Look. 2 changes are in place, or may be: undo(error.data.undo, aws) takes back what was written'],
])('what may have been written, %i changes, is never left unsaid', (count, words) => {
  const undo = { entries: Array.from({ length: count }, () => ({})) }
  const given = { what: 'the policy', done: [], undo } as unknown as PermissionsChangeErrorData
  const error = changeFailed('permissions-lost-update', given, { why: 'W', fix: 'Look' })

  expect([error.what, error.fix]).toEqual(['Cannot change the policy', words])
})

test.each([
  ['permissions-stale-plan', true],
  ['permissions-lost-update', true],
  ['permissions-apply-failed', true],
  ['permissions-plan-altered', true],
  ['permissions-not-met', false],
  ['permissions-plan-refused', false],
] as const)('%s is an error about a change: %s', (code, isOne) => {
  const error = new LabelingJobError({ code, what: 'W', why: 'W', fix: 'F', data: {} as never })

  expect(isChangeError(error)).toBe(isOne)
  expect(isChangeError(Object.assign(new Error('x'), { code }))).toBe(false)
})

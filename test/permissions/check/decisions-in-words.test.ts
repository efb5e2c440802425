import { describe, expect, test } from 'vitest'
import type { CheckedDecision } from '../../../src/permissions/check/decide-requirements.js'
import { decidedBy, namedActions, whatIsNeeded } from '../../../src/permissions/check/describe-decision.js'
import type { Evidence } from '../../../src/permissions/decide/decision.js'
import type { UnknownReason } from '../../../src/permissions/evaluate/unknown-reason.js'
import { checkedDecision, KEY } from './checked-decision.js'

const FAR = KEY.replace('111122223333', '999988887777')
const BOUNDARY = 'boundary:arn:aws:iam::111122223333:policy/B@v1'

const evidence = (policy: string, more: Partial<Evidence> = {}): Evidence => ({
  policy,
  statement: 'Own',
  effect: 'Allow',
  via: 'role',
  certain: true,
  ...more,
})
const on = (key: string): UnknownReason => ({
  kind: 'condition',
  key,
  operator: 'StringEquals',
  policy: 'key-policy',
  statement: 'Own',
})
const unreadable = (source: string, permissionNeeded: string): UnknownReason => ({
  kind: 'unreadable',
  source,
  permissionNeeded,
})
const differ: UnknownReason = { kind: 'paths-differ', paths: [{ name: 'direct', verdict: 'missing' }] }
const ORGANIZATION = "the organization, given as { organization: { id: 'o-…' } }"
const GUIDE = 'the statement of the guide, with { addDocumentedStatement: true }'

describe('what decides', () => {
  const deny = evidence('inline:D', { effect: 'Deny' })
  const perhaps = evidence('key-policy', { statement: 'Perhaps', certain: false })
  const refused = { policy: 'probe', statement: 'kms:Decrypt', effect: 'Deny', via: 'session' } as const

  test.each<[Partial<CheckedDecision>, string]>([
    [{ verdict: 'allowed', evidence: [evidence('key-policy'), deny, perhaps] }, 'key-policy Own'],
    [{ verdict: 'denied', evidence: [evidence('key-policy'), deny, perhaps] }, 'inline:D Own'],
    [{ verdict: 'allowed', evidence: [evidence('key-policy'), evidence('key-policy')] }, 'key-policy Own'],
    [{ verdict: 'allowed', evidence: [evidence('grant:17', { statement: 'grant:17' })] }, 'grant:17'],
    [
      { verdict: 'denied', evidence: [evidence('scp', { statement: '*', effect: 'Deny' })] },
      'the policies of the organization',
    ],
    [{ verdict: 'denied', evidence: [evidence('scp', { effect: 'Deny' })] }, 'scp Own'],
    [{ verdict: 'missing', missingIn: [] }, 'no Allow in any policy'],
    [
      { verdict: 'missing', missingIn: ['key-policy', 'identity', 'boundary', 'scp'], boundary: BOUNDARY },
      "no Allow in key policy, the role's IAM policies, the permissions boundary arn:aws:iam::111122223333:policy/B@v1, an SCP",
    ],
    [
      {
        verdict: 'missing',
        missingIn: ['boundary'],
        possibleDeny: [evidence('key-policy', { statement: '*' })],
      },
      'no Allow in the permissions boundary; the key policy (not readable) may deny it as well',
    ],
    [
      { unknownBecause: [differ, on('x:y')], evidence: [perhaps, evidence('key-policy')] },
      'the call paths to KMS differ: direct missing (key-policy Perhaps); key-policy Own depends on x:y (StringEquals)',
    ],
    [
      { unknownBecause: [on('x:y')], evidence: [{ ...refused, certain: true }], basis: 'probed' },
      "KMS refused the role's dry run; key-policy Own depends on x:y (StringEquals)",
    ],
    [
      { unknownBecause: [on('x:y')], evidence: [{ ...refused, certain: true }] },
      'key-policy Own depends on x:y (StringEquals)',
    ],
    [
      { unknownBecause: [on('x:y')], evidence: [deny], basis: 'probed' },
      'key-policy Own depends on x:y (StringEquals)',
    ],
  ])('%j', (more, words) => {
    expect(decidedBy(checkedDecision(more))).toBe(words)
  })
})

describe('what is needed', () => {
  const IN_ROLE = 'an Allow in an IAM policy of the role'
  const IN_KEY = 'a statement in the key policy that allows the role'

  test.each<[Partial<CheckedDecision>, string]>([
    [{ verdict: 'allowed' }, ''],
    [
      { verdict: 'denied', evidence: [evidence('inline:D', { effect: 'Deny' })] },
      'inline:D Own taken away, as no Allow outweighs a Deny',
    ],
    [{ verdict: 'missing' }, 'a key of the partition that the role is in'],
    [{ verdict: 'missing', missingIn: ['boundary', 'identity'] }, 'an Allow in the permissions boundary'],
    [
      { verdict: 'missing', missingIn: ['scp'] },
      'an Allow by the service control policies of the organization',
    ],
    [{ verdict: 'missing', missingIn: ['key-policy'] }, IN_KEY],
    [{ verdict: 'missing', missingIn: ['identity'] }, IN_ROLE],
    [{ verdict: 'missing', missingIn: ['key-policy'], keyArn: FAR }, `${IN_KEY}, in account 999988887777`],
    [
      { verdict: 'missing', missingIn: ['identity', 'key-policy'], keyArn: FAR },
      `${IN_ROLE}, and ${IN_KEY}, in account 999988887777`,
    ],
    [
      { unknownBecause: [unreadable('key-policy', 'kms:GetKeyPolicy')] },
      'a caller of account 111122223333 that is allowed kms:GetKeyPolicy',
    ],
    [
      { unknownBecause: [unreadable('key-policy', 'kms:GetKeyPolicy')], keyArn: FAR },
      'a look at the key policy in account 999988887777',
    ],
    [
      {
        unknownBecause: [unreadable('key-policy', 'kms:GetKeyPolicy')],
        keyArn: FAR,
        identityVerdict: 'missing',
      },
      `${IN_ROLE} (planned with { addDocumentedStatement: true }), and a look at the key policy in account 999988887777`,
    ],
    [
      { unknownBecause: [unreadable('grants', 'kms:ListGrants')], keyArn: FAR },
      'a caller of account 999988887777 that is allowed kms:ListGrants',
    ],
    [
      {
        unknownBecause: [
          unreadable('grants', 'kms:ListGrants'),
          unreadable('inline:*', 'iam:ListRolePolicies, iam:GetRolePolicy'),
          unreadable('inline:x', 'iam:GetRolePolicy'),
        ],
        keyArn: FAR,
      },
      'a caller of account 111122223333 that is allowed kms:ListGrants, iam:ListRolePolicies, iam:GetRolePolicy',
    ],
    [
      { unknownBecause: [on('x:y'), { kind: 'propagating', since: '2026-11-25' }] },
      'some minutes of waiting',
    ],
    [
      { unknownBecause: [on('x:y'), { kind: 'evaluators-disagree', detail: 'x' }] },
      "a look at the policies of the organization, of which IAM's simulator sees more",
    ],
    [
      { unknownBecause: [on('x:y')], basis: 'probed', evidence: [evidence('probe', { effect: 'Deny' })] },
      'the Deny that KMS heeds and no policy that was read shows: look at service and resource control policies, and at VPC endpoint policies',
    ],
    [{ unknownBecause: [on('aws:PrincipalOrgID'), differ] }, ORGANIZATION],
    [
      { unknownBecause: [on('aws:PrincipalOrgID'), on('aws:CurrentTime')] },
      `${ORGANIZATION}, and the latest end of the job, given as { runsUntil }`,
    ],
    [
      {
        unknownBecause: [on('aws:PrincipalOrgID'), on('x:y')],
        paths: [{ name: 'via-s3', verdict: 'unknown' }],
      },
      `${ORGANIZATION}; or ${GUIDE}`,
    ],
    [{ unknownBecause: [on('x:y')], paths: [{ name: 'via-s3', verdict: 'unknown' }] }, GUIDE],
    [
      {
        unknownBecause: [on('x:y')],
        evidence: [evidence('key-policy', { effect: 'Deny', certain: false }), evidence('inline:A')],
        paths: [{ name: 'via-s3', verdict: 'unknown' }],
      },
      'key-policy Own changed so that it certainly spares the role, as no Allow outweighs a Deny',
    ],
    [{ unknownBecause: [differ], paths: [{ name: 'via-s3', verdict: 'unknown' }] }, GUIDE],
  ])('%j', (more, words) => {
    expect(whatIsNeeded(checkedDecision(more))).toBe(words)
  })
})

test('the actions of a key are named, or all of them as that', () => {
  const two = [checkedDecision(), checkedDecision({ action: 'kms:Encrypt' })]
  const other = checkedDecision({ keyArn: FAR })

  expect(namedActions(two, [...two, other])).toBe('all 2 actions')
  expect(namedActions(two, [...two, checkedDecision({ action: 'kms:DescribeKey' })])).toBe(
    'kms:Decrypt, kms:Encrypt',
  )
  expect(namedActions([other], [...two, other])).toBe('kms:Decrypt')
  expect(namedActions([], two)).toBe('')
})

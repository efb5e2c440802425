import { expect, test } from 'vitest'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import type { PolicyStatement } from '../../../src/permissions/policy/policy-document.js'
import {
  ADMIN,
  allowText,
  cloudWith,
  DELEGATION,
  GUIDE,
  JOB,
  OUTPUT_KEY,
  policyText,
} from '../labeling-account.js'

const TEAM = { StringEquals: { 'aws:ResourceTag/team': 'vision' } }
const HELD = { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }
const MFA = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }
const CONTEXT = { StringLike: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::labels*' } }

async function hintsOf(inline: string, ...keyPolicy: readonly PolicyStatement[]) {
  const cloud = cloudWith(policyText(...keyPolicy), { role: { inline: { Own: inline } } })
  return (await checkPermissions(JOB, cloud.connect())).hints
}

const allow = (Condition: object, Action: string | string[] = 'kms:*', Resource = '*') =>
  allowText(Action, Resource, { Sid: 'Use', Condition })

test('an Allow whose condition does not hold is named with the condition', async () => {
  expect(await hintsOf(allow(TEAM), DELEGATION)).toEqual([
    'inline:Own Use allows kms:DescribeKey and 8 more under the condition StringEquals aws:ResourceTag/team: vision only, which does not hold',
  ])
})

test('so is one whose condition a single action cannot meet', async () => {
  expect(await hintsOf(allow(CONTEXT), DELEGATION)).toEqual([
    'inline:Own Use allows kms:DescribeKey under the condition StringLike kms:EncryptionContext:aws:s3:arn: arn:aws:s3:::labels* only, which does not hold',
  ])
})

test('an Allow of the key policy is named where it is about the role', async () => {
  const Condition = { StringEquals: { 'kms:CallerAccount': '999988887777' } }
  const guide = { ...GUIDE, Condition }
  const others = { ...guide, Principal: { AWS: 'arn:aws:iam::111122223333:role/Other' } }
  const everybody = { ...guide, Principal: '*', Action: 'kms:Decrypt' }
  const none = allowText('s3:*', '*')

  expect(await hintsOf(none, ADMIN, others)).toEqual([])
  expect((await hintsOf(none, ADMIN, guide)).join()).toMatch(
    /^key-policy \S+ allows kms:DescribeKey and \d more/,
  )
  expect((await hintsOf(none, ADMIN, everybody)).join()).toContain(' allows kms:Decrypt under the condition ')
})

test.each([
  ['another action', allow(TEAM, 'kms:Sign')],
  ['another key', allow(TEAM, 'kms:*', `${OUTPUT_KEY.slice(0, -1)}0`)],
  ['a condition that holds', allow(HELD, 's3:*')],
])('an Allow of %s is no hint', async (_, inline) => {
  expect(await hintsOf(inline, DELEGATION)).not.toContainEqual(expect.stringContaining('does not hold'))
})

test('a Deny is named with the condition that holds', async () => {
  const deny = { Sid: 'Mfa', Effect: 'Deny', Action: '*', Resource: '*', Condition: MFA }
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [deny] })

  expect(await hintsOf(document, ADMIN, GUIDE)).toEqual([
    'inline:Own Mfa denies under the condition BoolIfExists aws:MultiFactorAuthPresent: false',
  ])
})

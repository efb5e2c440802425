import { describe, expect, test } from 'vitest'
import type { AccessQuestion } from '../../../src/permissions/decide/access-question.js'
import { decideAccess } from '../../../src/permissions/decide/decide-access.js'
import { decidePermission } from '../../../src/permissions/decide/decide-permission.js'
import type { PolicyStatement } from '../../../src/permissions/policy/policy-document.js'

const ACCOUNT = '111122223333'
const USER = `arn:aws:iam::${ACCOUNT}:user/team/Dana`
const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/Dana`
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/0a1b2c3d-0000-4000-8000-00000000feed`
const policy = (...Statement: readonly PolicyStatement[]) => ({ Version: '2012-10-17', Statement })
const ALLOW: PolicyStatement = { Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' }
const OTHER: PolicyStatement = { ...ALLOW, Action: 'ec2:*' }

function read(question: Partial<AccessQuestion>) {
  return decideAccess({
    kind: 'bucket',
    action: 's3:GetObject',
    resourceArn: 'arn:aws:s3:::labels/a',
    resourceAccount: ACCOUNT,
    resourcePolicy: null,
    roleArn: USER,
    roleId: 'AIDAEXAMPLE',
    identityPolicies: [],
    ...question,
  }).verdict
}

const named = (principal: string) => policy({ ...ALLOW, Principal: { AWS: principal } })
const ofIts = (policyOf: ReturnType<typeof policy>) => [{ name: 'inline:Read', policy: policyOf }]

describe('a user', () => {
  test('that a policy names is not bound by its boundary there, as a role is', () => {
    const boundary = policy(OTHER)

    expect(read({ resourcePolicy: named(USER), boundary })).toBe('allowed')
    expect(read({ roleArn: ROLE, roleId: null, resourcePolicy: named(ROLE), boundary })).toBe('missing')
  })

  test('is not a role of its name, nor a session of one, nor a user below its path', () => {
    const others = [ROLE, `arn:aws:sts::${ACCOUNT}:assumed-role/Dana/x`, `${USER}/Dana`, 'AROAEXAMPLE']

    expect(others.map((other) => read({ resourcePolicy: named(other) }))).toEqual(others.map(() => 'missing'))
    expect(read({ resourcePolicy: named('AIDAEXAMPLE') })).toBe('unknown')
  })

  test('is bound by its boundary in what its own policies allow', () => {
    expect(read({ identityPolicies: ofIts(policy(ALLOW)), boundary: policy(OTHER) })).toBe('missing')
    expect(read({ identityPolicies: ofIts(policy(ALLOW)), boundary: policy(ALLOW) })).toBe('allowed')
  })

  test.each([
    [{ StringEquals: { 'aws:PrincipalType': 'User' } }, 'allowed'],
    [{ StringEquals: { 'aws:username': 'Dana' } }, 'allowed'],
    [{ StringEquals: { 'aws:userid': 'AIDAEXAMPLE' } }, 'allowed'],
    [{ StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } }, 'missing'],
    [{ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:user/*` } }, 'allowed'],
    [{ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, 'unknown'],
    // Long-term keys bring none, the credentials of a session do.
    [{ Null: { 'aws:TokenIssueTime': 'false' } }, 'unknown'],
  ])('under %j is %s', (Condition, verdict) => {
    expect(read({ identityPolicies: ofIts(policy({ ...ALLOW, Condition })) })).toBe(verdict)
  })

  test('may use a key by its policy, by delegation or by a grant', () => {
    const ask = (question: object) =>
      decidePermission({
        roleArn: USER,
        keyArn: KEY,
        action: 'kms:Decrypt',
        keyPolicy: policy(),
        identityPolicies: [],
        ...question,
      }).verdict
    const grant = { GranteePrincipal: USER, IssuingAccount: ACCOUNT, Operations: ['Decrypt'] }

    expect(ask({})).toBe('missing')
    expect(ask({ keyPolicy: named(USER) })).toBe('allowed')
    expect(ask({ keyPolicy: named(ACCOUNT), identityPolicies: ofIts(policy(ALLOW)) })).toBe('allowed')
    expect(ask({ grants: [grant] })).toBe('allowed')
  })
})

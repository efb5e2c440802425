import { describe, expect, test } from 'vitest'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { fakeAws } from '../../../src/testing/index.js'
import { requestWith, resolvedJob } from '../labeling-account.js'

const ALLOW = {
  Version: '2012-10-17',
  Statement: { Sid: 'Use', Effect: 'Allow', Action: 'kms:*', Resource: '*' },
}

function account() {
  const cloud = fakeAws()
  const { keyArn } = cloud.key()
  const { roleArn } = cloud.role({
    name: 'GtExec',
    inline: { Use: ALLOW },
    attached: [{ name: 'Use', document: ALLOW }],
  })
  const job = {
    ...resolvedJob({ output: keyArn }),
    request: { ...requestWith({ output: keyArn }), RoleArn: roleArn },
  }
  return { cloud, job }
}

describe('an answer that is not whole is not taken for an empty one', () => {
  test.each([
    ['iam:GetRolePolicy', {}],
    ['iam:GetRolePolicy', { PolicyDocument: '%7B%2' }],
    ['iam:ListRolePolicies', {}],
    ['iam:ListRolePolicies', { PolicyNames: [], IsTruncated: true }],
    ['iam:ListAttachedRolePolicies', {}],
    ['iam:ListAttachedRolePolicies', { AttachedPolicies: [], IsTruncated: true, Marker: '' }],
    ['iam:GetPolicy', { Policy: {} }],
    ['iam:GetPolicyVersion', { PolicyVersion: {} }],
    ['iam:GetPolicyVersion', { PolicyVersion: { Document: '%' } }],
    ['iam:GetRole', {}],
    ['iam:GetRole', { Role: { Arn: 'arn:aws:iam::111122223333:role/GtExec', PermissionsBoundary: {} } }],
    ['kms:GetKeyPolicy', {}],
    ['kms:GetKeyPolicy', null],
    ['kms:GetKeyPolicy', { Policy: null }],
    ['iam:ListRolePolicies', { PolicyNames: ['Use', null] }],
    ['iam:ListRolePolicies', null],
    ['iam:GetRolePolicy', { PolicyDocument: null }],
    ['iam:ListAttachedRolePolicies', { AttachedPolicies: [null] }],
    ['iam:ListAttachedRolePolicies', { AttachedPolicies: [{}] }],
    ['iam:GetRole', { Role: null }],
    ['iam:GetRole', { Role: { Arn: 'arn:aws:iam::111122223333:role/GtExec', Tags: [null] } }],
  ])('%s %o', async (name, answer) => {
    const { cloud, job } = account()
    cloud.inject({ call: name, fault: { instead: () => answer as object }, times: Number.POSITIVE_INFINITY })

    const report = await checkPermissions(job, cloud.connect())

    expect(new Set(report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    expect(report.unreadable).toMatchObject([
      { permissionNeeded: name, because: "AWS's answer is not whole" },
    ])
    expect(String(report)).toContain("(AWS's answer is not whole)")
  })

  test.each([
    ['kms:ListGrants', {}],
    ['kms:ListGrants', { Grants: [], Truncated: true }],
    ['kms:ListGrants', { Grants: [null] }],
    ['kms:ListGrants', null],
    ['kms:ListKeyPolicies', { PolicyNames: ['default', null] }],
    ['kms:ListKeyPolicies', {}],
    ['kms:ListKeyPolicies', { PolicyNames: ['default'], Truncated: true }],
  ])('%s %o is said, and spoils nothing that is allowed', async (name, answer) => {
    const { cloud, job } = account()
    cloud.inject({ call: name, fault: { instead: () => answer as object }, times: Number.POSITIVE_INFINITY })

    const report = await checkPermissions(job, cloud.connect())

    expect(report.ok).toBe(true)
    expect(report.unreadable).toMatchObject([
      { permissionNeeded: name, because: "AWS's answer is not whole" },
    ])
  })
})

test.each([null, {}, { KeyMetadata: null }])(
  'kms:DescribeKey %o is no key, and no raw error',
  async (answer) => {
    const { cloud, job } = account()
    cloud.inject({
      call: 'kms:DescribeKey',
      fault: { instead: () => answer as object },
      times: Number.POSITIVE_INFINITY,
    })

    await expect(checkPermissions(job, cloud.connect())).rejects.toMatchObject({
      code: 'aws-call-failed',
      why: 'kms:DescribeKey gave no key ARN',
    })
  },
)

test('a list whose pages lead back to one another ends', async () => {
  const { cloud, job } = account()
  const page = { PolicyNames: [], IsTruncated: true, Marker: 'again' }
  const fault = { instead: () => page }
  cloud.inject({ call: 'iam:ListRolePolicies', fault, times: Number.POSITIVE_INFINITY })

  const report = await checkPermissions(job, cloud.connect())

  expect(report.unreadable.map(({ because }) => because)).toEqual(["AWS's answer is not whole"])
})

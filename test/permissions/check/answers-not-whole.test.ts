import { describe, expect, test } from 'vitest'
import type { Aws } from '../../../src/aws/aws.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { fakeAws } from '../../../src/testing/index.js'
import { requestWith, resolvedJob } from '../small-aws.js'

const ALLOW = {
  Version: '2012-10-17',
  Statement: { Sid: 'Use', Effect: 'Allow', Action: 'kms:*', Resource: '*' },
}

function cloud() {
  const aws = fakeAws()
  const { keyArn } = aws.key()
  const { roleArn } = aws.role({
    name: 'GtExec',
    inline: { Use: ALLOW },
    attached: [{ name: 'Use', document: ALLOW }],
  })
  const job = {
    ...resolvedJob({ output: keyArn }),
    request: { ...requestWith({ output: keyArn }), RoleArn: roleArn },
  }
  return { aws: aws.connect(), job }
}

/** The connection with one answer of AWS replaced. */
function answering(aws: Aws, name: string, answer: object): Aws {
  return {
    region: () => aws.region(),
    clock: aws.clock,
    identity: (service) => aws.identity(service),
    with: (change) => answering(aws.with(change), name, answer),
    call: (called, input, options) =>
      called === name ? Promise.resolve(answer as never) : aws.call(called, input, options),
  }
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
  ])('%s %o', async (name, answer) => {
    const { aws, job } = cloud()

    const report = await checkPermissions(job, answering(aws, name, answer))

    expect(new Set(report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    expect(report.unreadable).toMatchObject([
      { permissionNeeded: name, because: "AWS's answer is not whole" },
    ])
    expect(String(report)).toContain("(AWS's answer is not whole)")
  })

  test.each([
    ['kms:ListGrants', {}],
    ['kms:ListGrants', { Grants: [], Truncated: true }],
    ['kms:ListKeyPolicies', {}],
    ['kms:ListKeyPolicies', { PolicyNames: ['default'], Truncated: true }],
  ])('%s %o is said, and spoils nothing that is allowed', async (name, answer) => {
    const { aws, job } = cloud()

    const report = await checkPermissions(job, answering(aws, name, answer))

    expect(report.ok).toBe(true)
    expect(report.unreadable).toMatchObject([
      { permissionNeeded: name, because: "AWS's answer is not whole" },
    ])
  })
})

test('a list whose pages lead back to one another ends', async () => {
  const { aws, job } = cloud()
  const page = { PolicyNames: [], IsTruncated: true, Marker: 'again' }

  const report = await checkPermissions(job, answering(aws, 'iam:ListRolePolicies', page))

  expect(report.unreadable.map(({ because }) => because)).toEqual(["AWS's answer is not whole"])
})

import { describe, expect, test } from 'vitest'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import type { PolicyDocument } from '../../../src/permissions/policy/policy-document.js'
import { ADMIN, cloudWith, GUIDE, JOB, policyText, ROLE } from '../labeling-account.js'

describe('a trust policy', () => {
  const service = { Principal: { Service: 'sagemaker.amazonaws.com' } }

  const allow = { Effect: 'Allow', ...service, Action: 'sts:AssumeRole' }

  test.each([
    ['the service', [allow], []],
    ['everybody', [{ ...allow, Principal: { AWS: '*' } }], ['unclear']],
    ['a pattern of the action', [{ ...allow, Action: 'sts:A*' }], []],
    ['another service', [{ ...allow, Principal: { Service: 'lambda.amazonaws.com' } }], ['lacks-sagemaker']],
    ['another action', [{ ...allow, Action: 'sts:TagSession' }], ['lacks-sagemaker']],
    ['a condition', [{ ...allow, Condition: { StringEquals: { 'aws:SourceAccount': '1' } } }], ['unclear']],
    ['an exception', [{ ...allow, Principal: undefined, NotPrincipal: { AWS: ROLE } }], ['unclear']],
    ['a Deny for everybody', [allow, { ...allow, Effect: 'Deny', Principal: { AWS: '*' } }], ['unclear']],
    [
      'a Deny of all but one action',
      [allow, { Effect: 'Deny', Principal: '*', NotAction: 'sts:TagSession' }],
      ['unclear'],
    ],
    [
      'a Deny for all but one principal',
      [allow, { Effect: 'Deny', NotPrincipal: { AWS: ROLE }, Action: '*' }],
      ['unclear'],
    ],
    ['a Deny for others', [allow, { ...allow, Effect: 'Deny', Principal: { AWS: ROLE } }], []],
  ])('that names %s has the problems %j', async (_, statements, problems) => {
    const trust = { Version: '2012-10-17', Statement: statements } as PolicyDocument
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { role: { trust } })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.problems.map(({ code }) => code)).toEqual(problems.map((code) => `trust-policy-${code}`))
  })
})

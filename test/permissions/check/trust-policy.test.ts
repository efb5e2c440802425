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
    ['a condition', [{ ...allow, Condition: { StringEquals: { 'sts:ExternalId': '1' } } }], ['unclear']],
    ['TLS', [{ ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }], []],
    [
      'a Deny of principals of other organizations, services of AWS aside',
      [
        allow,
        {
          ...allow,
          Principal: '*',
          Effect: 'Deny',
          Condition: {
            StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
          },
        },
      ],
      [],
    ],
    [
      'another service under a condition',
      [{ ...allow, Condition: { StringEquals: { 'aws:PrincipalServiceName': 'lambda.amazonaws.com' } } }],
      ['lacks-sagemaker'],
    ],
    ['another effect', [{ ...allow, Effect: 'Perhaps' }], ['unclear']],
    ['a Deny', [allow, { ...allow, Effect: 'Deny' }], ['denies-sagemaker']],
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

  const OWN = '111122223333'
  const FOREIGN = '999988887777'
  const ofSagemaker = (rest: string) => ({ ArnLike: { 'aws:SourceArn': `arn:aws:sagemaker:${rest}` } })

  test.each([
    [{ StringEquals: { 'aws:SourceAccount': OWN } }, ['asks-source']],
    [{ StringEquals: { 'AWS:sourceaccount': [FOREIGN, OWN] } }, ['asks-source']],
    [{ StringEqualsIfExists: { 'aws:SourceAccount': OWN } }, []],
    [{ StringEquals: { 'aws:SourceAccount': FOREIGN } }, ['lacks-sagemaker']],
    [{ StringEqualsIfExists: { 'aws:SourceAccount': FOREIGN } }, ['unclear']],
    [ofSagemaker(`*:${OWN}:*`), ['asks-source']],
    [ofSagemaker(`us-east-1:${OWN}:*`), ['asks-source']],
    [ofSagemaker(`eu-west-1:${OWN}:*`), ['lacks-sagemaker']],
    [ofSagemaker(`us-east-1:${FOREIGN}:*`), ['lacks-sagemaker']],
    // A wildcard that reaches over a colon is neither promised nor excluded.
    [ofSagemaker(`*:${FOREIGN}:*`), ['unclear']],
    // What SageMaker names as the source of a labeling job is written nowhere.
    [ofSagemaker(`us-east-1:${OWN}:labeling-job/*`), ['unclear']],
    [ofSagemaker(`us-east-1:${OWN}:training-job/*`), ['unclear']],
    [{ ...ofSagemaker('*'), StringEquals: { 'aws:SourceAccount': FOREIGN } }, ['lacks-sagemaker']],
  ])('that asks for the source %j has the problems %j', async (Condition, problems) => {
    const trust = { Version: '2012-10-17', Statement: [{ ...allow, Condition }] } as PolicyDocument
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { role: { trust } })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.problems.map(({ code }) => code)).toEqual(problems.map((code) => `trust-policy-${code}`))
  })

  test('that denies all sources but the own account is as AWS advises', async () => {
    const Condition = { StringNotEquals: { 'aws:SourceAccount': OWN } }
    const trust = {
      Version: '2012-10-17',
      Statement: [allow, { ...allow, Effect: 'Deny', Condition }],
    } as PolicyDocument
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { role: { trust } })

    const { problems } = await checkPermissions(JOB, cloud.connect())

    expect(problems.map(({ code, severity, why }) => ({ code, severity, why }))).toEqual([
      {
        code: 'trust-policy-asks-source',
        severity: 'warning',
        why: `it denies SageMaker in #1 under StringNotEquals aws:SourceAccount: ${OWN}, as AWS advises for SageMaker; of labeling jobs no page says that they bring it`,
      },
    ])
  })

  test('of one source is not asked to meet the conditions of its Deny', async () => {
    const Sid = 'Others'
    const met = { ...allow, Condition: { StringEqualsIfExists: { 'aws:SourceAccount': OWN } } }
    const Condition = { StringEqualsIfExists: { 'aws:SourceAccount': OWN } }
    const trust = {
      Version: '2012-10-17',
      Statement: [met, { ...allow, Effect: 'Deny', Sid, Condition }],
    } as PolicyDocument
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { role: { trust } })

    const { problems } = await checkPermissions(JOB, cloud.connect())

    expect(problems.map(({ code, why, fix }) => ({ code, why, fix }))).toEqual([
      {
        code: 'trust-policy-denies-sagemaker',
        why: `it denies sagemaker.amazonaws.com to assume the role, in Others under StringEqualsIfExists aws:SourceAccount: ${OWN}`,
        fix: 'Remove that Deny, or have it spare SageMaker: no Allow outweighs it',
      },
    ])
  })

  test('of another account is told with the condition, its value and what jobs bring', async () => {
    const Condition = { StringEquals: { 'aws:SourceAccount': FOREIGN } }
    const trust = { Version: '2012-10-17', Statement: [{ ...allow, Condition }] } as PolicyDocument
    const cloud = cloudWith(policyText(ADMIN, GUIDE), { role: { trust } })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.ok).toBe(false)
    expect(report.problems.map(({ why, fix }) => ({ why, fix }))).toEqual([
      {
        why: `it does not let sagemaker.amazonaws.com assume the role: it asks for StringEquals aws:SourceAccount: ${FOREIGN}, and labeling jobs of account ${OWN} in us-east-1 do not meet that`,
        fix: `Allow sts:AssumeRole for the service sagemaker.amazonaws.com in the trust policy, under no other condition than aws:SourceAccount ${OWN}`,
      },
    ])
  })
})

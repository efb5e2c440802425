import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  GUIDE,
  JOB,
  OUTPUT_KEY,
  policyText,
  putInline,
  putKeyPolicy,
  ROLE,
  resolvedJob,
} from '../labeling-account.js'

const allow = (Action: string, Resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource } })

describe('hints', () => {
  test('name the likely slips of an open verdict', async () => {
    const sagemaker = { ...GUIDE, Sid: 'Service', Principal: { Service: 'sagemaker.amazonaws.com' } }
    const pathless = {
      ...GUIDE,
      Sid: 'Path',
      Principal: { AWS: ROLE.replace('service-role/', '') },
      Action: ['kms:ReEncrypt', 'kms:GenerateDataKey'],
    }
    const cloud = cloudWith(policyText(ADMIN, sagemaker, pathless), {
      role: { inline: { Alias: allow('kms:Decrypt', 'arn:aws:kms:us-east-1:111122223333:alias/output') } },
    })

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.hints).toEqual([
      `the key policy of ${OUTPUT_KEY} names sagemaker.amazonaws.com, and labeling jobs use keys as their role`,
      `the key policy of ${OUTPUT_KEY} allows kms:ReEncrypt, which is no action; probably kms:ReEncrypt* is meant`,
      `the key policy of ${OUTPUT_KEY} allows kms:GenerateDataKey alone, and the guide asks for kms:GenerateDataKey*`,
      `the key policy of ${OUTPUT_KEY} names ${ROLE.replace('service-role/', '')}, and the role is ${ROLE}: the path is part of it`,
      'inline:Alias names arn:aws:kms:us-east-1:111122223333:alias/output, an alias: IAM matches key ARNs only, so the statement never applies',
    ])
    expect(String(report)).toContain('  hint: inline:Alias')
    expect(report.toMarkdown()).toContain('- hint: inline:Alias')
  })

  test.each([
    [
      "a region that is not the key's",
      {},
      allow('kms:*', OUTPUT_KEY.replace('us-east-1', 'us-west-2')),
      `inline:Own names ${OUTPUT_KEY.replace('us-east-1', 'us-west-2')}, and the key is ${OUTPUT_KEY}`,
    ],
    [
      'a service name of China',
      { Condition: { StringEquals: { 'kms:ViaService': ['s3.us-east-1.amazonaws.com.cn'] } } },
      undefined,
      `the key policy of ${OUTPUT_KEY} asks for kms:ViaService s3.us-east-1.amazonaws.com.cn, and services of this region are SERVICE.us-east-1.amazonaws.com`,
    ],
    [
      'a role without its path in a condition',
      { Condition: { ArnEquals: { 'AWS:PrincipalArn': ROLE.replace('service-role/', '') } } },
      undefined,
      `the key policy of ${OUTPUT_KEY} asks for aws:PrincipalArn ${ROLE.replace('service-role/', '')}, and the role is ${ROLE}: the path is part of it`,
    ],
    [
      'a role that was made anew',
      { Principal: { AWS: 'AROAEXAMPLEOLD000001' } },
      undefined,
      `the key policy of ${OUTPUT_KEY} names AROAEXAMPLEOLD000001, a principal that was deleted: if the role was recreated, its statement has to be added again, and { removeDeletedPrincipals: true } takes this one out`,
    ],
  ] as const)('name %s', async (_, change, inline, hint) => {
    const cloud = cloudWith(policyText(ADMIN, { ...GUIDE, ...change, Action: 'kms:CreateGrant' }))
    if (inline !== undefined) await putInline(cloud, 'Own', inline)

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.hints).toEqual([hint])
  })

  test('name a disputed condition where a verdict depends on it, and only there', async () => {
    const forResource = { Bool: { 'kms:GrantIsForAWSResource': true } }
    const others = { ...ADMIN, Sid: 'Others', Action: 'kms:CreateGrant', Condition: forResource }
    const cloud = cloudWith(policyText(ADMIN, others))
    const without = await checkPermissions(resolvedJob({ volume: OUTPUT_KEY }), cloud.connect())
    await putKeyPolicy(cloud, OUTPUT_KEY, policyText(ADMIN, { ...others, Principal: { AWS: ROLE } }))

    const report = await checkPermissions(resolvedJob({ volume: OUTPUT_KEY }), cloud.connect())

    expect(without.hints).toEqual([])
    expect(report.hints).toEqual([
      `the key policy of ${OUTPUT_KEY} depends on kms:GrantIsForAWSResource, and whether SageMaker's calls carry it is disputed: CloudTrail shows it`,
    ])
  })

  test('are not given for a policy that lists the single actions, as the library writes it', async () => {
    const cloud = cloudWith(policyText(DELEGATION))
    const aws = cloud.connect()
    await applyPlan(await planPermissions(JOB, aws), aws)

    const report = await checkPermissions(resolvedJob({ output: OUTPUT_KEY, volume: OUTPUT_KEY }), aws)

    expect(report.decisions.map(({ verdict }) => verdict)).toContain('missing')
    expect(report.hints).toEqual([])
  })

  test('are not given for a list of values of which one fits', async () => {
    const conditions = {
      StringEquals: { 'kms:ViaService': ['s3.eu-west-1.amazonaws.com', 's3.us-east-1.amazonaws.com'] },
      ArnLike: { 'aws:PrincipalArn': [ROLE.replace('service-role/', ''), ROLE] },
    }
    const cloud = cloudWith(policyText(ADMIN, { ...GUIDE, Condition: conditions }))

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.hints).toEqual([])
  })

  test('are not given when everything is allowed', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    await putInline(cloud, 'Alias', allow('kms:ReEncrypt', '*'))

    const report = await checkPermissions(JOB, cloud.connect())

    expect(report.hints).toEqual([])
  })
})

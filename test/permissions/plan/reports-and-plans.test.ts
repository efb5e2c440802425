import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  awsError,
  DELEGATION,
  GUIDE,
  OUTPUT_KEY,
  policyText,
  ROLE,
  resolvedJob,
  SmallAws,
} from '../small-aws.js'

const JOB = resolvedJob({ output: OUTPUT_KEY })
const allow = (Action: string, Resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource } })

describe('hints', () => {
  test('name the likely slips of an open verdict', async () => {
    const world = new SmallAws()
    const sagemaker = { ...GUIDE, Sid: 'Service', Principal: { Service: 'sagemaker.amazonaws.com' } }
    const pathless = {
      ...GUIDE,
      Sid: 'Path',
      Principal: { AWS: ROLE.replace('service-role/', '') },
      Action: ['kms:ReEncrypt', 'kms:GenerateDataKey'],
    }
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, sagemaker, pathless))
    world.inline.set('Alias', allow('kms:Decrypt', 'arn:aws:kms:us-east-1:111122223333:alias/output'))

    const report = await checkPermissions(JOB, world.connect())

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
    const world = new SmallAws()
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, { ...GUIDE, ...change, Action: 'kms:CreateGrant' }))
    if (inline !== undefined) world.inline.set('Own', inline)

    const report = await checkPermissions(JOB, world.connect())

    expect(report.hints).toEqual([hint])
  })

  test('name a disputed condition where a verdict depends on it, and only there', async () => {
    const world = new SmallAws()
    const forResource = { Bool: { 'kms:GrantIsForAWSResource': true } }
    const others = { ...ADMIN, Sid: 'Others', Action: 'kms:CreateGrant', Condition: forResource }
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, others))
    const without = await checkPermissions(resolvedJob({ volume: OUTPUT_KEY }), world.connect())
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, { ...others, Principal: { AWS: ROLE } }))

    const report = await checkPermissions(resolvedJob({ volume: OUTPUT_KEY }), world.connect())

    expect(without.hints).toEqual([])
    expect(report.hints).toEqual([
      `the key policy of ${OUTPUT_KEY} depends on kms:GrantIsForAWSResource, and whether SageMaker's calls carry it is disputed: CloudTrail shows it`,
    ])
  })

  test('are not given for a policy that lists the single actions, as the library writes it', async () => {
    const world = new SmallAws()
    world.policies.set(OUTPUT_KEY, policyText(DELEGATION))
    const aws = world.connect()
    await applyPlan(await planPermissions(JOB, aws), aws)

    const report = await checkPermissions(resolvedJob({ output: OUTPUT_KEY, volume: OUTPUT_KEY }), aws)

    expect(report.decisions.map(({ verdict }) => verdict)).toContain('missing')
    expect(report.hints).toEqual([])
  })

  test('are not given for a list of values of which one fits', async () => {
    const world = new SmallAws()
    const conditions = {
      StringEquals: { 'kms:ViaService': ['s3.eu-west-1.amazonaws.com', 's3.us-east-1.amazonaws.com'] },
      ArnLike: { 'aws:PrincipalArn': [ROLE.replace('service-role/', ''), ROLE] },
    }
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, { ...GUIDE, Condition: conditions }))

    const report = await checkPermissions(JOB, world.connect())

    expect(report.hints).toEqual([])
  })

  test('are not given when everything is allowed', async () => {
    const world = new SmallAws()
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, GUIDE))
    world.inline.set('Alias', allow('kms:ReEncrypt', '*'))

    const report = await checkPermissions(JOB, world.connect())

    expect(report.hints).toEqual([])
  })
})

describe('facts about role and key', () => {
  test.each([
    ['vision', '', 'allowed'],
    ['other', '', 'missing'],
    ['vision', ',"sts:TagSession"', 'unknown'],
  ])('a role tagged %s with a trust policy %s has %s', async (value, more, verdict) => {
    const world = new SmallAws()
    world.roleTags = [{ Key: 'team', Value: value }]
    world.trust = world.trust.replace('"sts:AssumeRole"', `["sts:AssumeRole"${more}]`)
    world.policies.set(
      OUTPUT_KEY,
      policyText(ADMIN, { ...GUIDE, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'vision' } } }),
    )

    const report = await checkPermissions(JOB, world.connect())

    expect(report.decisions[0]?.verdict).toBe(verdict)
  })

  test('imported key material that expires while the job may run is a warning', async () => {
    const world = new SmallAws()
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, GUIDE))
    world.keyFacts = { Origin: 'EXTERNAL', ValidTo: new Date('2026-12-01T00:00:00Z') }
    const aws = world.connect()

    const late = await checkPermissions(JOB, aws)
    const early = await checkPermissions(JOB, aws, { runsUntil: new Date('2026-11-24T00:00:00Z') })

    expect(late.problems.map(({ code, severity }) => [code, severity])).toEqual([['key-expires', 'warning']])
    expect([late.ok, early.problems]).toEqual([true, []])
    expect(String(late)).toContain('expires on 2026-12-01')
    expect(late.toMarkdown()).toContain('- **warning**')
  })

  test.each([
    ['AWS_CLOUDHSM', ['key-in-custom-store']],
    ['EXTERNAL_KEY_STORE', ['key-in-custom-store']],
    ['EXTERNAL', []],
  ])('a key of origin %s has the warnings %j', async (origin, codes) => {
    const world = new SmallAws()
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, GUIDE))
    world.keyFacts = { Origin: origin }

    const report = await checkPermissions(JOB, world.connect())

    expect(report.problems.map(({ code }) => code)).toEqual(codes)
    expect(report.ok).toBe(true)
  })

  test('a job that names no key needs no key permission', async () => {
    const report = await checkPermissions(resolvedJob({}), new SmallAws().connect())

    expect(report.ok).toBe(true)
    expect(String(report).split('\n')[0]).toBe(
      `Permissions of ${ROLE} in us-east-1: met (the job names no key)`,
    )
  })
})

describe('a plan', () => {
  test('is shown as a diff, as Markdown and as JSON, with what is left', async () => {
    const world = new SmallAws()
    const deny = { Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'kms:Encrypt', Resource: '*' }
    world.policies.set(OUTPUT_KEY, policyText(DELEGATION, deny))
    world.inline.set('Big', allow('s3:*', 'x'.repeat(8_000)))

    const plan = await planPermissions(JOB, world.connect())

    expect(plan.warnings).toEqual([expect.stringMatching(/of 10,240 characters would be in use/)])
    expect(String(plan)).toContain('plan 1  inline policy SmGroundTruthKms-')
    expect(String(plan)).toContain(`not fixed: kms:Encrypt on ${OUTPUT_KEY} (denied)`)
    expect(plan.toMarkdown().split('\n')[0]).toBe('```diff')
    expect(JSON.parse(JSON.stringify(plan))).toMatchObject({
      complete: false,
      changes: [{ kind: 'role-policy' }],
    })
  })

  test('has its signs in the first column in Markdown, where they are coloured', async () => {
    const world = new SmallAws()
    world.policies.set(OUTPUT_KEY, policyText(ADMIN))

    const plan = await planPermissions(JOB, world.connect())

    expect(plan.toMarkdown()).toContain('\n+ {\n+   "Sid": "SmGroundTruthUse')
  })

  test('with nothing to do says so', async () => {
    const world = new SmallAws()
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, GUIDE))

    const plan = await planPermissions(JOB, world.connect())

    expect(String(plan)).toBe(
      'before: 9 of 9 actions allowed\nnothing to write\nafter: 9 of 9 actions allowed (as far as policies and grants show)',
    )
  })

  test('for a grant says who gets what, and a grant that breaks off is made once', async () => {
    const world = new SmallAws()
    world.policies.set(OUTPUT_KEY, policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    let timeouts = 1
    world.after = (name) => {
      if (name === 'CreateGrant' && timeouts-- > 0) throw awsError('TimeoutError')
    }

    await applyPlan(plan, aws)

    expect(String(plan)).toContain(`+ grantee ${ROLE}`)
    expect(world.grants.get(OUTPUT_KEY)).toHaveLength(1)
  })
})

describe('undo', () => {
  test('says when a change cannot be taken back', async () => {
    const world = new SmallAws()
    world.policies.set(OUTPUT_KEY, policyText(ADMIN))
    const aws = world.connect()
    const applied = await applyPlan(await planPermissions(JOB, aws), aws)
    world.before = (name) => {
      if (name === 'PutKeyPolicy') throw awsError('AccessDeniedException')
    }

    await expect(undo(applied.undo, aws)).rejects.toMatchObject({ code: 'permissions-apply-failed' })
  })

  test('leaves a grant and a role policy that are gone', async () => {
    const world = new SmallAws()
    world.before = (name) => {
      if (name === 'RevokeGrant') throw awsError('NotFoundException')
    }
    const entries = [
      { kind: 'grant', keyArn: OUTPUT_KEY, grantId: 'g' },
      {
        kind: 'role-policy',
        roleArn: ROLE,
        roleName: 'GtExec',
        policyName: 'Gone',
        written: '{}',
        previous: null,
      },
    ] as const

    const result = await undo({ region: 'us-east-1', at: '', caller: '', entries }, world.connect())

    expect(result.kept.map(({ why }) => why)).toEqual([
      'it is not there any more',
      'it is not there any more',
    ])
  })
})

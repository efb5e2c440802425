import { describe, expect, test } from 'vitest'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import type { InjectedCall } from '../../../src/testing/index.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  FOREIGN_KEY,
  GUIDE,
  JOB,
  OUTPUT_KEY,
  policyText,
  ROLE,
  resolvedJob,
} from '../labeling-account.js'

describe('a report', () => {
  test('a report is shown as text, Markdown and JSON', async () => {
    const cloud = cloudWith(policyText(ADMIN))

    const report = await checkPermissions(JOB, cloud.connect())

    expect(String(report).split('\n')).toEqual([
      `Permissions of ${ROLE} in us-east-1: not met (9 missing)`,
      `  output key ${OUTPUT_KEY}`,
      '    kms:DescribeKey                          missing  no Allow in key policy',
      '    kms:Encrypt                              missing  no Allow in key policy',
      '    kms:Decrypt                              missing  no Allow in key policy',
      '    kms:GenerateDataKey                      missing  no Allow in key policy',
      '    kms:GenerateDataKeyWithoutPlaintext      missing  no Allow in key policy',
      '    kms:ReEncryptFrom                        missing  no Allow in key policy',
      '    kms:ReEncryptTo                          missing  no Allow in key policy',
      '    kms:GenerateDataKeyPair                  missing  no Allow in key policy',
      '    kms:GenerateDataKeyPairWithoutPlaintext  missing  no Allow in key policy',
      '    needed for all 9 actions: a statement in the key policy that allows the role',
      '  not covered: service control policies, resource control policies, session policies and VPC endpoint policies were not visible',
      '  not covered: keys that the job does not name: of input objects, of topics, and the default key of a bucket',
      '  not covered: permissions on S3, Lambda, SNS and SQS: see requiredPermissions()',
    ])
    expect(report.toMarkdown()).toContain('| `kms:Decrypt` | missing | no Allow in key policy |')
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ ok: false, role: ROLE })
  })

  test('names the reads that were refused, each once', async () => {
    const cloud = cloudWith(policyText(ADMIN, DELEGATION))
    const before = ({ name }: InjectedCall) => (name.includes(':List') ? 'access-denied' : undefined)
    cloud.inject({ call: '*', fault: { before }, times: Number.POSITIVE_INFINITY })

    const text = String(await checkPermissions(JOB, cloud.connect()))

    expect(text.match(/not readable: .*/g)?.sort()).toEqual([
      `not readable: the grants on ${OUTPUT_KEY} (needs kms:ListGrants)`,
      'not readable: the inline policies of the role GtExec (needs iam:ListRolePolicies)',
      `not readable: the names of the key policies of ${OUTPUT_KEY} (needs kms:ListKeyPolicies)`,
      'not readable: the policies attached to the role GtExec (needs iam:ListAttachedRolePolicies)',
    ])
    expect(text).toContain(
      'needed for all 9 actions: a caller of account 111122223333 that is allowed kms:ListKeyPolicies, kms:GetKeyPolicy, iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion, kms:ListGrants',
    )
  })

  test('shows what stands in policies as text, never as markup or control of the terminal', async () => {
    const Sid = '\u001b[2J<img src=x>|`[a](b)\u202e'
    const cloud = cloudWith(policyText(ADMIN, { ...GUIDE, Sid }))

    const report = await checkPermissions(JOB, cloud.connect())

    expect(String(report)).toContain('allowed  key-policy \ufffd[2J<img src=x>|`[a](b)\ufffd')
    expect(report.toMarkdown()).toContain(
      '| `kms:Decrypt` | allowed | key-policy \ufffd\\[2J\\<img src=x\\>\\|\\`\\[a\\](b)\ufffd |',
    )
  })

  test.each([
    [
      { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      "the organization, given as { organization: { id: 'o-…' } }",
    ],
    [
      { DateLessThan: { 'aws:CurrentTime': '2026-12-01T00:00:00Z' } },
      'the latest end of the job, given as { runsUntil }',
    ],
    [
      { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
      'the statement of the guide, with { addDocumentedStatement: true }',
    ],
    [
      { StringEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      "the organization, given as { organization: { id: 'o-…' } }; or the statement of the guide, with { addDocumentedStatement: true }",
    ],
  ])('says what settles the condition %j', async (Condition, needed) => {
    const cloud = cloudWith(policyText(ADMIN, { ...GUIDE, Condition } as never))

    const text = String(await checkPermissions(JOB, cloud.connect()))

    expect(text).toContain(`\n    needed for all 9 actions: ${needed}\n`)
  })

  test('advises a probe only where the other ways are settled', async () => {
    const direct = {
      ...GUIDE,
      Sid: 'Direct',
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'vision' } },
    }
    const through = { ...GUIDE, Sid: 'Through', Condition: { StringLike: { 'kms:ViaService': '*' } } }
    const cloud = cloudWith(policyText(ADMIN, direct, through))

    const text = String(await checkPermissions(JOB, cloud.connect()))

    expect(text).toContain(
      'needed for all 9 actions: { probe: true } as the role; or the statement of the guide',
    )
  })

  test('of a role that does not exist says so first, and nothing of what it needs', async () => {
    const cloud = cloudWith(policyText(ADMIN), { role: { name: 'Another' } })

    const lines = String(await checkPermissions(JOB, cloud.connect())).split('\n')

    expect(lines[0]).toContain('not met (9 missing, 1 error)')
    expect(lines[1]).toBe(
      `  error: The job names the role ${ROLE}: IAM has no role GtExec in account 111122223333. Correct .role(), or create the role.`,
    )
    expect(lines.filter((line) => line.includes('needed for'))).toEqual([])
  })

  test('of a role of another account says that its policies are not visible', async () => {
    const caller = 'arn:aws:iam::444455556666:user/ops'
    const cloud = cloudWith(undefined, { foreign: policyText({ ...ADMIN, Principal: { AWS: caller } }) })
    const job = resolvedJob({ output: FOREIGN_KEY })

    const report = await checkPermissions(job, cloud.connect({ as: caller }))

    expect(report.unreadable).toEqual([])
    expect(report.notCovered).toContain('the policies of the role: account 111122223333 alone shows them')
    expect(String(report)).toContain(
      'no Allow in key policy; the policies of the role (not readable), the permissions boundary of the role (not readable) may deny it as well',
    )
  })

  test('names what may deny beside what is missing', async () => {
    const elsewhere = {
      ...ADMIN,
      Sid: 'Elsewhere',
      Effect: 'Deny',
      Principal: '*',
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
    }
    const cloud = cloudWith(policyText(ADMIN, DELEGATION, elsewhere))

    const text = String(await checkPermissions(JOB, cloud.connect()))

    expect(text).toContain(
      "missing  no Allow in the role's IAM policies; key-policy Elsewhere may deny it as well",
    )
  })

  test('names the statement by which call paths differ, and offers no Allow against a Deny', async () => {
    const through = {
      ...ADMIN,
      Sid: 'Only S3',
      Effect: 'Deny',
      Principal: '*',
      Condition: { StringNotEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    }
    const cloud = cloudWith(policyText(ADMIN, GUIDE, through))
    const aws = cloud.connect()

    const text = String(await checkPermissions(JOB, aws))
    const plan = await planPermissions(JOB, aws, { addDocumentedStatement: true })

    expect(text).toContain(
      'unknown  the call paths to KMS differ: direct denied, via-s3 allowed, via-sagemaker denied (key-policy Only S3)',
    )
    expect(text).toContain(
      'needed for all 9 actions: key-policy Only S3 changed so that it certainly spares the role, as no Allow outweighs a Deny',
    )
    expect(plan.changes).toEqual([])
  })
})

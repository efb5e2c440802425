import { describe, expect, test } from 'vitest'
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
const FOREIGN_KEY = OUTPUT_KEY.replace('111122223333', '444455556666')

function worldWith(...statements: readonly (typeof ADMIN)[]): SmallAws {
  const world = new SmallAws()
  world.policies.set(OUTPUT_KEY, policyText(ADMIN, ...statements))
  return world
}

describe('a job that was resolved before', () => {
  test('is refused once its key can no longer be used', async () => {
    const world = worldWith(GUIDE)
    world.keyFacts = { KeyState: 'PendingDeletion' }

    await expect(checkPermissions(JOB, world.connect())).rejects.toMatchObject({
      code: 'key-pending-deletion',
    })
  })
})

describe('a trust policy', () => {
  const service = { Principal: { Service: 'sagemaker.amazonaws.com' } }
  const allow = { Effect: 'Allow', ...service, Action: 'sts:AssumeRole' }
  test.each([
    ['the service', [allow], []],
    ['everybody', [{ ...allow, Principal: { AWS: '*' } }], []],
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
    const world = worldWith(GUIDE)
    world.trust = JSON.stringify({ Version: '2012-10-17', Statement: statements })

    const report = await checkPermissions(JOB, world.connect())

    expect(report.problems.map(({ code }) => code)).toEqual(problems.map((code) => `trust-policy-${code}`))
  })
})

describe('a check', () => {
  test('does not take a role that is deleted midway for one without policies', async () => {
    const world = worldWith(GUIDE)
    world.before = (call) => {
      if (call === 'ListRolePolicies') throw awsError('NoSuchEntityException')
    }

    const report = await checkPermissions(JOB, world.connect())

    expect(report.ok).toBe(false)
    expect(report.problems.map(({ code }) => code)).toEqual(['role-not-found'])
  })

  test('does not ask for aliases and tags of a key of another account', async () => {
    const world = new SmallAws()
    const Condition = {
      StringEquals: { 'aws:ResourceTag/team': 'vision', 'kms:ResourceAliases': 'alias/gt' },
    }
    world.inline.set(
      'Tagged',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition },
      }),
    )

    const report = await checkPermissions(resolvedJob({ output: FOREIGN_KEY }), world.connect())

    expect(world.calls.filter((call) => call === 'ListAliases' || call === 'ListResourceTags')).toEqual([])
    expect(report.decisions[0]?.verdict).toBe('unknown')
  })

  test('names the reads that were refused, each once', async () => {
    const world = worldWith(DELEGATION)
    world.before = (call) => {
      if (call.startsWith('List')) throw awsError('AccessDeniedException')
    }

    const text = String(await checkPermissions(JOB, world.connect()))

    expect(text.match(/not readable: .*/g)).toEqual([
      'not readable: the inline policies of the role GtExec (needs iam:ListRolePolicies)',
      'not readable: the policies attached to the role GtExec (needs iam:ListAttachedRolePolicies)',
      `not readable: the grants on ${OUTPUT_KEY} (needs kms:ListGrants)`,
    ])
    expect(text).toContain(
      'needed for all 9 actions: a caller of account 111122223333 that is allowed iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion, kms:ListGrants',
    )
  })

  test('shows what stands in policies as text, never as markup or control of the terminal', async () => {
    const Sid = '\u001b[2J<img src=x>|`[a](b)\u202e'
    const world = worldWith({ ...GUIDE, Sid })

    const report = await checkPermissions(JOB, world.connect())

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
    const world = worldWith({ ...GUIDE, Condition } as never)

    const text = String(await checkPermissions(JOB, world.connect()))

    expect(text).toContain(`\n    needed for all 9 actions: ${needed}\n`)
  })

  test('advises a probe only where the other ways are settled', async () => {
    const direct = {
      ...GUIDE,
      Sid: 'Direct',
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'vision' } },
    }
    const through = { ...GUIDE, Sid: 'Through', Condition: { StringLike: { 'kms:ViaService': '*' } } }
    const world = worldWith(direct, through)

    const text = String(await checkPermissions(JOB, world.connect()))

    expect(text).toContain(
      'needed for all 9 actions: { probe: true } as the role; or the statement of the guide',
    )
  })

  test('of a role that does not exist says so first, and nothing of what it needs', async () => {
    const world = worldWith(ADMIN)
    world.before = (call) => {
      if (call === 'GetRole' || /^List.*RolePolicies$/.test(call)) throw awsError('NoSuchEntityException')
    }

    const lines = String(await checkPermissions(JOB, world.connect())).split('\n')

    expect(lines[0]).toContain('not met (9 missing, 1 error)')
    expect(lines[1]).toBe(
      `  error: The job names the role ${ROLE}: IAM has no role GtExec in account 111122223333. Correct .role(), or create the role.`,
    )
    expect(lines.filter((line) => line.includes('needed for'))).toEqual([])
  })

  test('of a role of another account says that its policies are not visible', async () => {
    const world = worldWith(ADMIN)
    world.caller = 'arn:aws:iam::444455556666:user/ops'

    const report = await checkPermissions(JOB, world.connect())

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
    const world = worldWith(DELEGATION, elsewhere)

    const text = String(await checkPermissions(JOB, world.connect()))

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
    const world = worldWith(GUIDE, through)
    const aws = world.connect()

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

describe('arguments that the compiler would have refused', () => {
  test.each([
    [{ simulated: true }, 'it has no option "simulated"'],
    [{ runsUntil: '2027-01-01' }, 'its option runsUntil is a Date in the future'],
    [{ runsUntil: new Date('2020-01-31') }, 'its option runsUntil is a Date in the future'],
    [{ runsUntil: new Date('x') }, 'its option runsUntil is a Date in the future'],
    [
      { prefer: 'iam', compact: 1 },
      "its option prefer is 'auto', 'guide' or 'grant'; its option compact is true or false",
    ],
    [null, 'it was given no object with options'],
  ])('are said of the options %j', async (options, why) => {
    const world = worldWith(GUIDE)

    const planning = planPermissions(JOB, world.connect(), options as never)

    await expect(planning).rejects.toMatchObject({ code: 'refused-call', why })
    expect(world.calls).toEqual([])
  })

  test('are said of a connection and of a job that is still a promise', async () => {
    const world = worldWith(GUIDE)
    const promise = Promise.resolve(JOB)

    await expect(checkPermissions(JOB, undefined as never)).rejects.toThrow('give the value of connect()')
    await expect(checkPermissions(JOB, { send: () => undefined } as never)).rejects.toThrow(
      'give the value of connect()',
    )
    await expect(checkPermissions(promise as never, world.connect())).rejects.toThrow('is an await missing?')
    await expect(checkPermissions({ request: JOB.request } as never, world.connect())).rejects.toThrow(
      'Give the value of labelingJob() or of job.resolve(aws)',
    )
    expect(world.calls).toEqual([])
  })
})

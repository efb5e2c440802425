import { expect, test } from 'vitest'
import { checkPermissions, planPermissions } from '../../src/permissions/index.js'
import { allow, jobOf, manyPolicies, type Place, policyWithoutDelegation } from './place.js'

const OUTPUT_ACTIONS = [
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
]

/** What a check finds in policies as the service hands them out. */
export function readFacts(place: () => Place): void {
  test('an identity policy counts where the key policy delegates to the account', async () => {
    const { aws, key, role } = place()
    const { keyArn } = await key()
    const roleArn = await role({ inline: { keys: allow('kms:*') } })

    const report = await checkPermissions(jobOf(roleArn, keyArn), aws)

    expect(verdicts(report)).toEqual(all('allowed'))
    expect(report).toMatchObject({ ok: true, role: roleArn, problems: [], unreadable: [] })
  })

  test('an identity policy counts for nothing where the key policy does not delegate', async () => {
    const { aws, key, role } = place()
    const { keyArn } = await key({ policy: await policyWithoutDelegation(place()) })
    const roleArn = await role({ inline: { keys: allow('kms:*') } })

    const report = await checkPermissions(jobOf(roleArn, keyArn), aws)

    expect(verdicts(report)).toEqual(all('missing'))
    expect(report).toMatchObject({ ok: false, unreadable: [] })
  })

  test('attached policies are read in the version in force', async () => {
    const { aws, key, role } = place()
    const { keyArn } = await key()
    const roleArn = await role({ attached: [{ name: 'GtUseOfKeys', document: allow('kms:*') }] })

    const report = await checkPermissions(jobOf(roleArn, keyArn), aws)

    expect(verdicts(report)).toEqual(all('allowed'))
  })

  test('a boundary without the key actions is seen, and no change is offered for it', async () => {
    const { aws, key, role } = place()
    const { keyArn } = await key()
    const roleArn = await role({ inline: { keys: allow('kms:*') }, boundary: allow('s3:*') })

    const plan = await planPermissions(jobOf(roleArn, keyArn), aws)

    expect(verdicts(plan.report)).toEqual(all('missing'))
    expect(plan).toMatchObject({ complete: false, changes: [] })
  })

  test('URL-encoded policy documents are read to the letter', async () => {
    const { aws, key, role } = place()
    const team = 'R+D / boxes=signs @night: 50'
    const { keyArn } = await key()
    const policyFor = (tag: string) => ({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow' as const,
          Action: 'kms:*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalTag/team': tag } },
        },
      ],
    })
    const roleArn = await role({ inline: { 'keys+boxes=1,2@gt': policyFor(team) }, tags: { team } })
    const otherArn = await role({ inline: { keys: policyFor(team.replaceAll('+', ' ')) }, tags: { team } })

    const [report, other] = await Promise.all(
      [roleArn, otherArn].map((arn) => checkPermissions(jobOf(arn, keyArn), aws)),
    )

    expect([verdicts(report), verdicts(other)]).toEqual([all('allowed'), all('missing')])
  })

  test('an inline policy beyond the first page counts', async () => {
    const { aws, key, role } = place()
    const { keyArn } = await key()
    const roleArn = await role({ inline: { ...manyPolicies(102), 'z-last': allow('kms:*') } })

    const report = await checkPermissions(jobOf(roleArn, keyArn), aws)

    expect(verdicts(report)).toEqual(all('allowed'))
  })

  test('a grant beyond the first page counts', async () => {
    const { aws, key, role } = place()
    const { keyArn } = await key()
    const roleArn = await role()
    const grant = (Name: string, operation: string) =>
      aws.call('kms:CreateGrant', {
        KeyId: keyArn,
        GranteePrincipal: roleArn,
        Operations: [operation],
        Name,
      })
    for (let index = 0; index < 60; index++) await grant(`decrypt-${index}`, 'Decrypt')
    await grant('encrypt', 'Encrypt')
    await aws.clock.sleep(5 * 60_000)

    const report = await checkPermissions(jobOf(roleArn, keyArn), aws)

    expect(verdicts(report)).toEqual({
      ...all('missing'),
      'kms:Decrypt': 'allowed',
      'kms:Encrypt': 'allowed',
    })
  })

  test('a role that does not exist is a problem, not a missing permission', async () => {
    const { account, aws, key } = place()
    const { keyArn } = await key()
    const roleArn = `arn:aws:iam::${account}:role/service-role/NotThere`

    const plan = await planPermissions(jobOf(roleArn, keyArn), aws)

    expect(plan.report.problems.map(({ code, severity }) => ({ code, severity }))).toEqual([
      { code: 'role-not-found', severity: 'error' },
    ])
    expect(plan).toMatchObject({ complete: false, changes: [] })
  })
}

function verdicts({ decisions = [] }: { decisions?: readonly { action: string; verdict: string }[] } = {}) {
  return Object.fromEntries(decisions.map(({ action, verdict }) => [action, verdict]))
}

function all(verdict: string) {
  return Object.fromEntries(OUTPUT_ACTIONS.map((action) => [action, verdict]))
}

import { describe, expect, test } from 'vitest'
import type { SimulationResult } from '../../../src/aws/iam-calls.js'
import { decideRequirements } from '../../../src/permissions/check/decide-requirements.js'
import { mayBeDeniedByOrganization, withSimulation } from '../../../src/permissions/check/simulate.js'
import { type PermissionSources, readPermissions } from '../../../src/permissions/read/read-permissions.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  failing,
  GUIDE,
  JOB,
  OUTPUT_KEY,
  policyText,
  ROLE,
  TWO_KEY_JOB,
  VOLUME_KEY,
} from '../labeling-account.js'
import { scripted } from '../read/scripted-aws.js'

const ACTION = 'kms:DescribeKey'
const FORBIDDEN = { AllowedByOrganizations: false }
const FINDS_NONE = "IAM's simulator finds no Allow of the organization"

const connections = {
  allowed: cloudWith(policyText(ADMIN, GUIDE)).connect(),
  missing: cloudWith(policyText(ADMIN)).connect(),
  denied: cloudWith(
    policyText(ADMIN, GUIDE, { ...ADMIN, Sid: 'No', Effect: 'Deny', Principal: '*' }),
  ).connect(),
  unknown: cloudWith(
    policyText(ADMIN, { ...GUIDE, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }),
  ).connect(),
}
const sources = Object.fromEntries(
  await Promise.all(
    Object.entries(connections).map(async ([name, aws]) => [name, await readPermissions(JOB, aws)] as const),
  ),
) as Record<keyof typeof connections, PermissionSources>

/** What becomes of a decision when the simulator says one thing of its action, and nothing of the others. */
async function simulated(verdict: keyof typeof connections, ...results: readonly SimulationResult[]) {
  const decisions = decideRequirements(sources[verdict])
  const { aws } = scripted(connections[verdict], {
    'iam:SimulatePrincipalPolicy': () => ({
      EvaluationResults: results.map((result) => ({ EvalActionName: ACTION, ...result })),
    }),
  })
  const opinion = await withSimulation(decisions, sources[verdict], aws)
  const [before, after] = [decisions[0], opinion.decisions[0]]
  expect(opinion.decisions.slice(1)).toEqual(decisions.slice(1))
  if (before?.action !== ACTION || after === undefined) throw new Error('the first is on another action')
  return { before, after }
}

describe('the simulator', () => {
  test('is asked for the actions on each key with what is known of the request, page after page', async () => {
    const both = { volume: policyText(DELEGATION) }
    const connection = cloudWith(policyText(DELEGATION), both).connect()
    const read = await readPermissions(TWO_KEY_JOB, connection)
    const decisions = decideRequirements(read)
    const { aws, asked } = scripted(connection, {
      'iam:SimulatePrincipalPolicy': ({ Marker }) =>
        Marker === undefined
          ? { EvaluationResults: [], IsTruncated: true, Marker: 'second' }
          : { EvaluationResults: [] },
    })

    const opinion = await withSimulation(decisions, read, aws)

    const inputOn = (keyArn: string) => ({
      PolicySourceArn: ROLE,
      ActionNames: decisions.filter((one) => one.keyArn === keyArn).map(({ action }) => action),
      ResourceArns: [keyArn],
      ContextEntries: expect.arrayContaining(
        Object.entries({
          'aws:PrincipalArn': ROLE,
          'aws:PrincipalAccount': '111122223333',
          'kms:CallerAccount': '111122223333',
          'aws:ResourceAccount': '111122223333',
          'aws:RequestedRegion': 'us-east-1',
          'aws:SecureTransport': 'true',
        }).map(([name, value]) => ({
          ContextKeyName: name,
          ContextKeyValues: [value],
          ContextKeyType: 'string',
        })),
      ),
    })
    expect(asked).toHaveLength(4)
    expect(asked).toEqual(
      expect.arrayContaining(
        [OUTPUT_KEY, VOLUME_KEY].flatMap((keyArn) => [
          ['iam:SimulatePrincipalPolicy', inputOn(keyArn)],
          ['iam:SimulatePrincipalPolicy', { ...inputOn(keyArn), Marker: 'second' }],
        ]),
      ),
    )
    expect(opinion).toEqual({ decisions })
  })

  test('that gives no whole answer on one of two keys is said to, and its word on the other counts', async () => {
    const guide = policyText(ADMIN, GUIDE)
    const connection = cloudWith(guide, { volume: guide }).connect()
    const read = await readPermissions(TWO_KEY_JOB, connection)
    const { aws } = scripted(connection, {
      'iam:SimulatePrincipalPolicy': ({ ResourceArns }) =>
        String(ResourceArns) === OUTPUT_KEY
          ? {}
          : { EvaluationResults: [{ EvalActionName: ACTION, OrganizationsDecisionDetail: FORBIDDEN }] },
    })

    const { decisions, skipped } = await withSimulation(decideRequirements(read), read, aws)

    expect(skipped).toBe("IAM's simulator gave no opinion: AWS's answer is not whole")
    expect(
      decisions.filter(({ basis }) => basis === 'simulated').map(({ action, keyArn }) => [action, keyArn]),
    ).toEqual([[ACTION, VOLUME_KEY]])
  })

  test('whose failure is no refusal fails the check', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    failing(cloud, 'iam:SimulatePrincipalPolicy', 'ExpiredTokenException')

    await expect(
      withSimulation(decideRequirements(sources.allowed), sources.allowed, cloud.connect()),
    ).rejects.toThrow('ExpiredTokenException')
  })
})

describe('an organization without an Allow', () => {
  const result = { EvalDecision: 'implicitDeny', OrganizationsDecisionDetail: FORBIDDEN }
  const doubt = { kind: 'evaluators-disagree', detail: FINDS_NONE }

  test('makes unknown what was allowed, on each path', async () => {
    const { before, after } = await simulated('allowed', result)

    expect(after).toEqual({
      ...before,
      verdict: 'unknown',
      basis: 'simulated',
      paths: before.paths.map(({ name }) => ({ name, verdict: 'unknown' })),
      unknownBecause: [doubt],
    })
  })

  test('is one reason more for what was unknown', async () => {
    const { before, after } = await simulated('unknown', result)

    expect(before.unknownBecause).toHaveLength(1)
    expect(after).toEqual({
      ...before,
      basis: 'simulated',
      unknownBecause: [...before.unknownBecause, doubt],
    })
  })

  test('may deny what is missing as well', async () => {
    const { before, after } = await simulated('missing', result)

    expect(after).toEqual({
      ...before,
      basis: 'simulated',
      possibleDeny: [{ policy: 'scp', statement: '*', effect: 'Deny', via: 'organization', certain: false }],
    })
    expect([before, after, { ...after, basis: 'static' as const }].map(mayBeDeniedByOrganization)).toEqual([
      false,
      true,
      false,
    ])
  })

  test('adds nothing to a Deny', async () => {
    const { before, after } = await simulated('denied', result)

    expect(after).toEqual(before)
  })

  test('is said with the values that the simulator lacked, each once, wherever it names them', async () => {
    const { after } = await simulated('allowed', {
      ...result,
      MissingContextValues: ['aws:SourceIp'],
      ResourceSpecificResults: [{ MissingContextValues: ['aws:SourceIp', 'aws:SourceVpc'] }, {}],
    } as SimulationResult)

    expect(after.unknownBecause).toEqual([
      {
        kind: 'evaluators-disagree',
        detail: `${FINDS_NONE} without a value for aws:SourceIp, aws:SourceVpc`,
      },
    ])
  })
})

describe('another opinion on the side of the role', () => {
  const says = (word: string) => ({
    kind: 'evaluators-disagree',
    detail: `IAM's simulator says ${word} to ${ACTION} on the role's side, this library says implicitDeny`,
  })

  test.each(['allowed', 'missing', 'unknown'] as const)('makes unknown what was %s', async (verdict) => {
    const { before, after } = await simulated(verdict, { EvalDecision: 'allowed' })

    expect(after).toEqual({
      ...before,
      verdict: 'unknown',
      basis: 'simulated',
      paths: before.paths.map(({ name }) => ({ name, verdict: 'unknown' })),
      unknownBecause: [says('allowed')],
    })
  })

  test('takes no Deny away', async () => {
    const { before, after } = await simulated('denied', { EvalDecision: 'allowed' })

    expect(after).toEqual(before)
  })

  test('is heard where it is on the key alone, and where the word on the whole is not given', async () => {
    const onKey = await simulated('allowed', {
      ResourceSpecificResults: [{ EvalResourceDecision: 'explicitDeny' }],
    } as SimulationResult)
    const none = await simulated('allowed', {})

    expect(onKey.after.unknownBecause).toEqual([says('explicitDeny')])
    expect(none.after).toEqual(none.before)
  })
})

test('the same opinion shows by what the decision stands, once the organization was heard', async () => {
  const agreeing = { EvalDecision: 'implicitDeny' }
  const heard = await simulated('allowed', {
    ...agreeing,
    OrganizationsDecisionDetail: { AllowedByOrganizations: true },
  })
  const unheard = await simulated('allowed', agreeing)

  expect(heard.after).toEqual({ ...heard.before, basis: 'simulated' })
  expect(unheard.after).toEqual(unheard.before)
})

test('an action is the same in whatever case the simulator names it', async () => {
  const { after } = await simulated('allowed', {
    EvalActionName: ACTION.toUpperCase(),
    EvalDecision: 'allowed',
  })

  expect(after.verdict).toBe('unknown')
})

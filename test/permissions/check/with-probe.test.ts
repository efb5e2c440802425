import { describe, expect, test } from 'vitest'
import type { CheckedDecision } from '../../../src/permissions/check/decide-requirements.js'
import { withProbe } from '../../../src/permissions/check/probe.js'
import type { UnknownReason, Verdict } from '../../../src/permissions/evaluate/unknown-reason.js'
import type { PermissionSources } from '../../../src/permissions/read/read-permissions.js'
import { fakeAws } from '../../../src/testing/index.js'
import { checkedDecision, KEY, ROLE } from './checked-decision.js'
import { answerDryRuns } from './dry-runs.js'

const SESSION = 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker'
const policy = (more: object = {}) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', ...more }] })
const HANGS_ON = { Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }

const paths = (direct: Verdict, viaS3: Verdict = 'allowed') => [
  { name: 'direct', verdict: direct },
  { name: 'via-s3', verdict: viaS3 },
]
const decision = (action: string, more: Partial<CheckedDecision> = {}) =>
  checkedDecision({ action, paths: paths('unknown'), ...more })

interface Place {
  readonly caller?: string | undefined
  readonly keys?: readonly object[]
  readonly role?: object
}

function ask(
  decisions: readonly CheckedDecision[],
  answer: string,
  { caller = SESSION, keys, role }: Place = {},
) {
  const cloud = fakeAws()
  answerDryRuns(cloud, answer)
  const sources = {
    role: {
      arn: ROLE,
      name: 'GtExec',
      account: '111122223333',
      identityPolicies: [],
      boundary: null,
      ...role,
    },
    caller: { arn: caller, account: '111122223333' },
    keys: keys ?? [{ key: { arn: KEY }, policy: policy(), sharedPolicy: null }],
  } as unknown as PermissionSources
  return withProbe(decisions, sources, cloud.connect())
}

async function asked(one: CheckedDecision, answer: string, place: Place = {}) {
  const { decisions } = await ask([one], answer, place)
  const { verdict, basis, paths, unknownBecause } = decisions[0] ?? one
  return { verdict, basis, paths, unknownBecause }
}

const OK = 'DryRunOperationException'
const REFUSED = 'AccessDeniedException'

describe('the answer of KMS', () => {
  test('settles calls made directly, and is evidence', async () => {
    const { decisions } = await ask([decision('kms:Decrypt')], OK)

    expect(decisions).toEqual([
      decision('kms:Decrypt', {
        verdict: 'allowed',
        basis: 'probed',
        paths: paths('allowed'),
        evidence: [
          { policy: 'probe', statement: 'kms:Decrypt', effect: 'Allow', via: 'session', certain: true },
        ],
      }),
    ])
  })

  test('of a refusal leaves the other ways as they are', async () => {
    const refused = await ask([decision('kms:Decrypt')], REFUSED)

    expect(refused.decisions).toEqual([
      decision('kms:Decrypt', {
        basis: 'probed',
        paths: paths('missing'),
        evidence: [
          { policy: 'probe', statement: 'kms:Decrypt', effect: 'Deny', via: 'session', certain: true },
        ],
        unknownBecause: [{ kind: 'paths-differ', paths: paths('missing') }],
      }),
    ])
  })

  test('that is no answer leaves a decision as it is', async () => {
    const one = decision('kms:Decrypt')

    expect((await ask([one], 'ValidationException')).decisions).toEqual([one])
  })

  test('keeps the reasons of the other ways, and says anew how they differ', async () => {
    const unreadable: UnknownReason = {
      kind: 'unreadable',
      source: 'grants',
      permissionNeeded: 'kms:ListGrants',
    }
    const differ: UnknownReason = { kind: 'paths-differ', paths: paths('denied', 'unknown') }
    const one = decision('kms:Decrypt', {
      paths: paths('unknown', 'unknown'),
      unknownBecause: [differ, unreadable],
    })

    expect(await asked(one, OK)).toEqual({
      verdict: 'unknown',
      basis: 'probed',
      paths: paths('allowed', 'unknown'),
      unknownBecause: [{ kind: 'paths-differ', paths: paths('allowed', 'unknown') }, unreadable],
    })
  })

  test('takes no Deny back: what is denied stays denied when KMS refuses, and not when it does it', async () => {
    const denied = decision('kms:Decrypt', { verdict: 'denied', paths: paths('denied', 'denied') })

    expect(await asked(denied, REFUSED)).toMatchObject({
      verdict: 'denied',
      paths: paths('denied', 'denied'),
    })
    expect(await asked(denied, OK)).toMatchObject({ verdict: 'unknown', paths: paths('allowed', 'denied') })
  })

  test.each(['kms:ReEncryptFrom', 'kms:ReEncryptTo'])(
    'of a refused %s is not about one of the two',
    async (action) => {
      expect(await asked(decision(action), REFUSED)).toMatchObject({
        basis: 'static',
        paths: paths('unknown'),
      })
      expect(await asked(decision(action), OK)).toMatchObject({ basis: 'probed', paths: paths('allowed') })
    },
  )

  test('proves nothing where a decision hangs on what differs between sessions', async () => {
    const session: UnknownReason = { kind: 'session-name', policy: 'key-policy', statement: 'Own' }

    expect(await asked(decision('kms:Decrypt', { unknownBecause: [session] }), OK)).toMatchObject({
      basis: 'static',
    })
  })
})

describe('a refused grant settles nothing where a condition may be about grants', () => {
  const basisWith = async (place: Place, answer = REFUSED) =>
    (await asked(decision('kms:CreateGrant'), answer, place)).basis
  const keys = (more: object, arn = KEY) => [{ key: { arn }, policy: policy(), sharedPolicy: null, ...more }]

  test('in the policies of the key', async () => {
    expect(await basisWith({})).toBe('probed')
    expect(await basisWith({ keys: keys({ policy: policy(HANGS_ON) }) })).toBe('static')
    expect(await basisWith({ keys: keys({ sharedPolicy: policy(HANGS_ON) }) })).toBe('static')
    expect(await basisWith({ keys: keys({ policy: 'UNREADABLE' }) })).toBe('static')
    expect(await basisWith({ keys: keys({ policy: policy(HANGS_ON) }, 'arn:another') })).toBe('probed')
  })

  test('in one of several statements, or in what is no statement', async () => {
    const two = JSON.stringify({ Statement: [{ Effect: 'Allow' }, HANGS_ON] })

    expect(await basisWith({ keys: keys({ policy: two }) })).toBe('static')
    expect(await basisWith({ keys: keys({ policy: '{"Statement":["x"]}' }) })).toBe('static')
    expect(await basisWith({ keys: keys({ policy: '{"Statement":[]}' }) })).toBe('probed')
  })

  test('in the policies of the role or in its boundary', async () => {
    const named = { name: 'inline:K', policy: policy(HANGS_ON) }

    expect(
      await basisWith({ role: { identityPolicies: [{ name: 'inline:A', policy: policy() }, named] } }),
    ).toBe('static')
    expect(await basisWith({ role: { boundary: named } })).toBe('static')
    expect(await basisWith({ role: { boundary: { ...named, policy: policy() } } })).toBe('probed')
  })

  test('and not where KMS would make it, nor for other actions', async () => {
    const place = { keys: keys({ policy: policy(HANGS_ON) }) }

    expect(await basisWith(place, OK)).toBe('probed')
    expect((await asked(decision('kms:Decrypt'), REFUSED, place)).basis).toBe('probed')
  })
})

test.each([
  ['arn:aws:sts::111122223333:assumed-role/GtExec/x', true],
  ['arn:aws:sts::999988887777:assumed-role/GtExec/x', false],
  ['arn:aws:sts::111122223333:assumed-role/GtExec2/x', false],
  ['arn:aws:iam::111122223333:assumed-role/GtExec/x', false],
  ['arn:aws:iam::111122223333:user/Dana', false],
])('%s is a session of the role: %s', async (caller, isSession) => {
  const { skipped } = await ask([decision('kms:Decrypt')], OK, { caller })

  expect(skipped === undefined).toBe(isSession)
  if (!isSession)
    expect(skipped).toMatch(
      new RegExp(`^KMS was not probed: ${caller} is not a session of the role and cannot assume it: `),
    )
})

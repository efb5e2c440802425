import { describe, expect, test } from 'vitest'
import { decideRequirements } from '../../../src/permissions/check/decide-requirements.js'
import {
  asPropagating,
  effectiveFrom,
  fiveMinutesAfter,
  isPropagating,
  markPropagating,
} from '../../../src/permissions/check/propagation.js'
import { type PermissionSources, readPermissions } from '../../../src/permissions/read/read-permissions.js'
import { ADMIN, cloudWith, JOB, NOW, PAIRS, policyText, ROLE } from '../labeling-account.js'
import { checkedDecision } from './checked-decision.js'

const SOURCES = await readPermissions(JOB, cloudWith(policyText(ADMIN, PAIRS)).connect())
const KEY = SOURCES.keys[0] as PermissionSources['keys'][number]
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000)
const grant = (seconds: number, ...Operations: readonly string[]) => ({
  GrantId: `${seconds}`,
  GranteePrincipal: ROLE,
  IssuingAccount: '111122223333',
  Operations: [...Operations],
  CreationDate: ago(seconds),
})

/** What is read of a role of an age in seconds, and of grants on its key. */
function read(
  age: number | undefined,
  grants: PermissionSources['keys'][number]['grants'],
): PermissionSources {
  const { createdAt: _, ...role } = SOURCES.role
  return {
    ...SOURCES,
    role: { ...role, ...(age !== undefined && { createdAt: ago(age) }) },
    keys: [{ ...KEY, grants }],
  }
}

/** The actions that only have to be waited for, with the moment since when. */
function waitedFor(sources: PermissionSources): Readonly<Record<string, string>> {
  const decided = decideRequirements(sources)
  const marked = markPropagating(decided, sources)
  const others = marked.filter((one) => !isPropagating(one))
  expect(others).toEqual(decided.filter(({ action }) => others.some((one) => one.action === action)))
  return Object.fromEntries(
    marked.flatMap(({ action, verdict, unknownBecause: [reason] }) =>
      reason?.kind === 'propagating' && verdict === 'unknown' ? [[action, reason.since]] : [],
    ),
  )
}

describe('what is made lately takes effect everywhere', () => {
  test.each([
    ['five minutes after the role', read(60, []), ago(-240)],
    [
      'five minutes after the last grant',
      read(600, [grant(120, 'Decrypt'), grant(180, 'Decrypt')]),
      ago(-180),
    ],
    ['whenever it was read, where no date is given', read(undefined, [{ GrantId: 'a' }]), new Date(300_000)],
    ['five minutes after the role, where the grants are not known', read(60, 'UNREADABLE'), ago(-240)],
  ])('%s', (_, sources, moment) => {
    expect(effectiveFrom(sources)).toEqual(moment)
  })

  test('and of some moments the last counts', () => {
    expect(fiveMinutesAfter([ago(10), undefined, ago(5), ago(20)])).toEqual(ago(-295))
    expect(fiveMinutesAfter([])).toEqual(new Date(300_000))
  })
})

describe('what is allowed is not certain yet', () => {
  test('in the first five minutes of the role, and is after them', () => {
    const pairs = ['kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext']
    const since = Object.fromEntries(pairs.map((action) => [action, ago(299).toISOString()]))

    expect(waitedFor(read(299, []))).toEqual(since)
    expect(waitedFor(read(300, []))).toEqual({})
    expect(waitedFor(read(undefined, []))).toEqual({})
  })

  test('in the first five minutes of the grant that it needs, since the last of those', () => {
    const grants = [grant(250, 'Decrypt'), grant(100, 'Encrypt'), grant(300, 'DescribeKey')]

    expect(waitedFor(read(600, grants))).toEqual({
      'kms:Decrypt': ago(100).toISOString(),
      'kms:Encrypt': ago(100).toISOString(),
    })
  })

  test('unless an older grant allows it, or the key policy', () => {
    const grants = [grant(100, 'Decrypt', 'GenerateDataKeyPair'), grant(400, 'Decrypt')]

    expect(waitedFor(read(600, grants))).toEqual({})
  })

  test('and grants of another key that cannot be read change nothing', () => {
    const sources = read(600, [grant(100, 'Decrypt')])
    const other = {
      ...KEY,
      key: { ...KEY.key, arn: `${KEY.key.arn}0` as never },
      grants: 'UNREADABLE' as const,
    }

    expect(waitedFor({ ...sources, keys: [...sources.keys, other] })).toEqual({
      'kms:Decrypt': ago(100).toISOString(),
    })
  })
})

test('a Deny has not to be waited for', () => {
  const [allowed, denied] = [checkedDecision({ verdict: 'allowed' }), checkedDecision({ verdict: 'denied' })]

  expect(asPropagating(denied, '2026-11-23')).toBe(denied)
  expect(asPropagating(allowed, '2026-11-23')).toEqual({
    ...allowed,
    verdict: 'unknown',
    unknownBecause: [{ kind: 'propagating', since: '2026-11-23' }],
  })
  expect([allowed, denied, asPropagating(allowed, '2026-11-23')].map(isPropagating)).toEqual([
    false,
    false,
    true,
  ])
})

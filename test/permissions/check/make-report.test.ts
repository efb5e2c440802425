import { expect, test } from 'vitest'
import { decideRequirements } from '../../../src/permissions/check/decide-requirements.js'
import { makeReport } from '../../../src/permissions/check/make-report.js'
import { type PermissionSources, readPermissions } from '../../../src/permissions/read/read-permissions.js'
import { ADMIN, cloudWith, GUIDE, JOB, OUTPUT_KEY, policyText, ROLE } from '../labeling-account.js'

const SOURCES = await readPermissions(JOB, cloudWith(policyText(ADMIN, GUIDE)).connect())
const DECISIONS = decideRequirements(SOURCES)
const report = (more: Partial<PermissionSources> = {}, decisions = DECISIONS, skipped?: readonly string[]) =>
  JSON.parse(JSON.stringify(makeReport({ ...SOURCES, ...more }, decisions, skipped)))

const KEYS = 'keys that the job does not name: of input objects, of topics, and the default key of a bucket'
const OTHERS = 'permissions on S3, Lambda, SNS and SQS: see requiredPermissions()'
const HIDDEN =
  'service control policies, resource control policies, session policies and VPC endpoint policies were not visible'

test('a report holds what was decided, on what, and what no verdict covers', () => {
  expect(report()).toEqual({
    ok: true,
    okForEssential: true,
    region: 'us-east-1',
    role: ROLE,
    keys: [{ arn: OUTPUT_KEY, given: OUTPUT_KEY, purposes: ['output'] }],
    decisions: JSON.parse(JSON.stringify(DECISIONS)),
    problems: [],
    hints: [],
    unreadable: [],
    skipped: [],
    notCovered: [HIDDEN, KEYS, OTHERS],
  })
  expect(report({}, DECISIONS, ['no probe']).skipped).toEqual(['no probe'])
})

test('an action that no known call needs is needed for the whole, and not for the essential', () => {
  const missing = (isEssential: boolean) =>
    DECISIONS.map((one) =>
      one.requirement.essential === isEssential ? { ...one, verdict: 'missing' as const } : one,
    )

  expect([report({}, missing(false)), report({}, missing(true))]).toMatchObject([
    { ok: false, okForEssential: true },
    { ok: false, okForEssential: false },
  ])
})

test('nothing is right while something is wrong with the role', () => {
  const { role } = SOURCES

  expect(report({ role: { ...role, given: `${role.arn}2` } })).toMatchObject({
    ok: false,
    okForEssential: false,
    problems: [{ severity: 'error' }],
  })
})

test('what was refused twice is said once, in the order of the sources', () => {
  const denied = (source: string) =>
    ({ source, permissionNeeded: 'kms:ListGrants', because: 'no' }) as PermissionSources['denied'][number]
  const other = { ...denied('a'), permissionNeeded: 'kms:GetKeyPolicy' } as const

  expect(report({ denied: [denied('b'), denied('a'), denied('b'), other] }).unreadable).toEqual([
    other,
    denied('a'),
    denied('b'),
  ])
})

test('what no verdict covers depends on what was read', () => {
  const [key] = SOURCES.keys as [PermissionSources['keys'][number]]
  const { role } = SOURCES
  const unread = { ...role, presence: 'unreadable' as const }
  const notCovered = (more: Partial<PermissionSources>) => report(more).notCovered
  const HEEDED = 'tags and aliases of a key that changed just now: KMS heeds them after up to five minutes'

  expect(notCovered({ organization: 'none' })).toEqual([
    'whether the organization is the one that was given',
    HIDDEN,
    KEYS,
    OTHERS,
  ])
  expect(notCovered({ keys: [{ ...key, tags: {} }] })).toEqual([HEEDED, HIDDEN, KEYS, OTHERS])
  expect(notCovered({ keys: [{ ...key, aliases: [] }] })).toEqual([HEEDED, HIDDEN, KEYS, OTHERS])
  expect(notCovered({ keys: [{ ...key, aliasDoubt: 'they changed' }] })).toEqual([
    `the aliases of ${OUTPUT_KEY}: they changed`,
    HIDDEN,
    KEYS,
    OTHERS,
  ])
  expect(notCovered({ role: unread })).toEqual([HIDDEN, KEYS, OTHERS])
  expect(notCovered({ role: { ...unread, account: '444455556666' } })).toEqual([
    'the policies of the role: account 444455556666 alone shows them',
    HIDDEN,
    KEYS,
    OTHERS,
  ])
})

import { expect, test } from 'vitest'
import type { Aws } from '../../../src/aws/aws.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { allowText, cloudWith, DELEGATION, JOB, NOW, policyText } from '../labeling-account.js'

const BY_ALIAS = { Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/gt' } } }
const BY_TAG = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'vision' } } }

/** The connection to an account whose key has these aliases. */
function withAliases(aws: Aws, aliases: readonly object[]): Aws {
  return {
    region: () => aws.region(),
    clock: aws.clock,
    identity: (service) => aws.identity(service),
    with: (change) => withAliases(aws.with(change), aliases),
    call: (name, input, options) =>
      name === 'kms:ListAliases'
        ? Promise.resolve({ Aliases: aliases, Truncated: false } as never)
        : aws.call(name, input, options),
  }
}

function aliases(count: number, minutesAgo: number): readonly object[] {
  const LastUpdatedDate = new Date(NOW.getTime() - minutesAgo * 60_000)
  return Array.from({ length: count }, (_, index) => ({
    AliasName: index === 0 ? 'alias/gt' : `alias/${index}`,
    LastUpdatedDate,
  }))
}

test.each([
  ['an old alias', aliases(1, 6), 'allowed', 'tags and aliases of a key that changed just now'],
  ['fifty of them', aliases(50, 6), 'allowed', 'tags and aliases of a key that changed just now'],
  ['one that changed a minute ago', aliases(2, 1), 'unknown', 'one of its aliases changed'],
  ['more than KMS counts', aliases(51, 6), 'unknown', 'it has 51 aliases, and KMS allows nothing by aliases'],
])('what %s decides', async (_, found, verdict, said) => {
  const cloud = cloudWith(policyText(DELEGATION), {
    role: { inline: { Use: allowText('kms:*', '*', BY_ALIAS) } },
  })

  const report = await checkPermissions(JOB, withAliases(cloud.connect(), found))

  expect(new Set(report.decisions.map((decision) => decision.verdict))).toEqual(new Set([verdict]))
  expect(report.notCovered.join()).toContain(said)
})

test('a report that goes by tags says that KMS may not heed them yet', async () => {
  const cloud = cloudWith(policyText(DELEGATION), {
    key: { tags: { team: 'vision' } },
    role: { inline: { Use: allowText('kms:*', '*', BY_TAG) } },
  })

  const report = await checkPermissions(JOB, cloud.connect())

  expect(report.ok).toBe(true)
  expect(report.notCovered).toContain(
    'tags and aliases of a key that changed just now: KMS heeds them after up to five minutes',
  )
})

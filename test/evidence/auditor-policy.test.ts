import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { collectEvidence, type EvidenceRecord } from '../../src/evidence/index.js'
import { isLabelingJobError } from '../../src/index.js'
import type { PolicyDocument } from '../../src/permissions/index.js'
import { type EvidenceWorld, evidenceWorld } from './evidence-world.js'

interface Statement {
  readonly Action: readonly string[]
  readonly Resource: string
}

const [, text = ''] = /```json\n(.*?)\n```/s.exec(readFileSync('docs/evidence.md', 'utf8')) ?? []
const POLICY: { readonly Statement: readonly Statement[] } = JSON.parse(
  text.replaceAll('OUTPUT-BUCKET', 'gt-out'),
)
const ACTIONS = POLICY.Statement.flatMap(({ Action }) => Action)

let world: EvidenceWorld
beforeAll(async () => {
  world = evidenceWorld()
  world.cloud.bucket('gt-out', { versions: true })
  await world.run('by-machine', { objects: 8, auto: true })
  world.cloud.object('s3://gt-out/labels/by-machine/stray', 'x', { key: world.other })
})

/** What a user sees that has the policy of the guide, less some actions: the current objects, and every version. */
async function seenBy(
  name: string,
  without: readonly string[],
): Promise<readonly (EvidenceRecord | undefined)[]> {
  const policy = {
    ...POLICY,
    Statement: POLICY.Statement.map((statement) => ({
      ...statement,
      Action: statement.Action.filter((action) => !without.includes(action)),
    })).filter(({ Action }) => Action.length > 0),
  }
  const { userArn } = world.cloud.user({ name, policies: { audit: policy as unknown as PolicyDocument } })
  const aws = world.cloud.connect({ as: userArn })
  const seen: (EvidenceRecord | undefined)[] = []
  for (const versions of [false, true]) {
    seen.push(
      await collectEvidence(aws, { versions }).catch((thrown) => {
        if (!isLabelingJobError(thrown, 'access-denied')) throw thrown
        return undefined
      }),
    )
  }
  return seen
}

describe('the policy that the guide gives an auditor', () => {
  test('lets everything be read, and nothing be written or decrypted', async () => {
    const seen = await seenBy('auditor', [])

    expect(seen.map((evidence) => evidence?.unreadable)).toEqual([[], []])
    expect(seen.map((evidence) => evidence?.jobs.length)).toEqual([1, 1])
    expect(ACTIONS.filter((action) => !/:(?:Get|List|Describe)/.test(action))).toEqual([])
  })

  test.each(ACTIONS)(
    'needs %s: without it something is unread, and nothing is as expected',
    async (action) => {
      const seen = await seenBy(`without-${action.replace(':', '-')}`, [action])

      const isUnread = seen.map((evidence) => evidence === undefined || evidence.unreadable.length > 0)
      expect(isUnread).toContain(true)
      expect(seen.some((evidence, index) => isUnread[index] && evidence?.ok)).toBe(false)
    },
  )
})

import { expect, test } from 'vitest'
import { makePlan } from '../../../src/evidence/repair/make-plan.js'
import { makeReencrypted } from '../../../src/evidence/repair/reencrypted.js'
import type { KmsKeyArn } from '../../../src/names/kms-key.js'
import type { S3UriText } from '../../../src/names/s3-uri.js'
import { ARN, FOLDER } from './repair-world.js'

const MANY = Array.from({ length: 25 }, (_, index) => ({
  uri: `${FOLDER}${index}` as S3UriText,
  versionId: 'v1',
  why: 'Object Lock: it is under a legal hold, which must be lifted first',
}))

function plan() {
  return makePlan({
    job: 'Street-Signs',
    arn: ARN,
    folder: FOLDER,
    keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1' as KmsKeyArn,
    versions: true,
    complete: false,
    alreadyUnderKey: 1_234_567,
    objects: MANY.map((object) => ({ ...object, etag: '"1"', how: 'not-possible' })),
    requests: 0,
    aboutUsd: 0,
    readers: [],
    warnings: [],
  })
}

test('a long plan names the first of its objects, and how many more there are', () => {
  const text = String(plan())

  expect(text).toContain('under the key        1,234,567')
  expect(text.match(/^not possible {2}s3:/gm)).toHaveLength(20)
  expect(text).toContain('not possible  s3://acme-gt/out/Street-Signs/0 (version v1)')
  expect(text).toContain('not possible  and 5 more')
})

test('a ticket names the first of the locks, and asks nothing of whoever has nothing to do', () => {
  const ticket = plan().toTicket('bucket')

  expect(ticket.match(/Lift the lock of/g)).toHaveLength(20)
  expect(ticket).toContain('And of 5 more objects')
  expect(plan().toTicket('you')).toContain('Nothing is asked of whoever runs the job.')
})

test('what became of a plan names the first failures, and shows them in Markdown and HTML', () => {
  const done = makeReencrypted(
    { done: 1, 'already-done': 0, 'changed-since': 0, failed: 25, 'not-tried': 0 },
    MANY,
    undefined,
  )

  expect(String(done)).toContain('25 of the plan left as they were')
  expect(String(done)).toContain('failed  and 5 more')
  expect(done.toMarkdown()).toBe(`\`\`\`text\n${done}\n\`\`\``)
  expect(done.toHtml()).toMatch(/^<pre style="[^"]*">25 of the plan/)
  expect(JSON.parse(JSON.stringify(done))).toMatchObject({ ok: false, counts: { failed: 25 } })
})

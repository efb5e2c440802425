import { expect, test } from 'vitest'
import { preflight, volumeKey } from '../../src/index.js'
import { JOB, putManifest, wholeWorld } from './whole-world.js'

const AUTOMATED = JOB.autoLabeling(volumeKey('alias/gt-output'))

/** A manifest of a chain: some lines have a label under the attribute of the job, others wait for one. */
async function automation(labeled: number, open: number) {
  const cloud = wholeWorld()
  const line = (index: number) => ({ 'source-ref': `s3://acme-gt/in/${index % 3}.jpg` })
  putManifest(cloud, [
    ...Array.from({ length: labeled }, (_, index) => JSON.stringify({ ...line(index), 'street-signs': {} })),
    ...Array.from({ length: open }, (_, index) => JSON.stringify(line(index))),
  ])
  const { checks } = await preflight(AUTOMATED, cloud.connect(), { sample: 3 })
  return checks.find(({ code }) => code === 'auto-labeling-objects')
}

test.each([
  [0, 1_249, 'failed', 'automated labeling has 1,249 objects to learn from'],
  [0, 1_250, 'warning', 'automated labeling has 1,250 objects to learn from'],
  [600, 600, 'failed', 'automated labeling has 600 objects without a label, beside 600 that have one'],
  [
    1_250,
    1_249,
    'unknown',
    'automated labeling has 1,249 objects without a label, beside 1,250 that have one',
  ],
  [
    5_000,
    1_250,
    'warning',
    'automated labeling has 1,250 objects without a label, beside 5,000 that have one',
  ],
  [1, 5_000, 'passed', 'automated labeling has 5,000 objects without a label, beside 1 that have one'],
])('a chain with %i labels, and %i lines that wait for one: %s', async (labeled, open, status, what) => {
  expect(await automation(labeled, open)).toMatchObject({ status, what })
})

test('a chain with few lines without a label is not known, since no page says which objects count', async () => {
  expect(await automation(1_300, 100)).toMatchObject({
    why: 'Automated labeling needs at least 1,250 objects; no page says whether those that have a label count, and the job labels the others alone',
    fix: 'Add objects, or leave automated labeling out',
    owner: 'you',
  })
})

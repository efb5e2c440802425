import { expect, test } from 'vitest'
import { isLabelingJobError } from '../../src/index.js'
import type { FakeAws } from '../../src/testing/index.js'
import { CAUSES, WARNINGS } from './causes.js'
import { JOB, wholeWorld } from './whole-world.js'

/** Creates the job and waits: whether every object got its label. */
async function runs(job: typeof JOB, cloud: FakeAws): Promise<boolean> {
  try {
    const running = await job.create(cloud.connect())
    return (await running.completed()).outcome === 'completed'
  } catch (thrown) {
    if (isLabelingJobError(thrown)) return false
    throw thrown
  }
}

test('a job whose every part is there runs', async () => {
  expect(await runs(JOB, wholeWorld())).toBe(true)
})

test.each(CAUSES)('a job with $cause does not run', async ({ world, job = (same) => same }) => {
  const cloud = wholeWorld()
  await world?.(cloud)

  expect(await runs(job(JOB), cloud)).toBe(false)
})

test.each(WARNINGS)('a job with $cause runs', async ({ world, job = (same) => same }) => {
  const cloud = wholeWorld()
  await world?.(cloud)

  expect(await runs(job(JOB), cloud)).toBe(true)
})
